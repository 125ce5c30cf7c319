package dev.jmr.model.tokenizer;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// How byte-level BPE cuts a text into words before it merges: the values of `tokenizer.ggml.pre`, each with its
/// patterns (see [WordSplitter]) and where they come from.
///
/// The patterns are those that the model was trained with. llama.cpp, whose `std::regex` knows no Unicode, approximates
/// some of them; where the two differ (capitals and marks outside of ASCII under `gpt-4o`, `tekken`, `kimi-k2`) we follow
/// the model. To add one, add a constant.
enum PreTokenizer {
  /// Also what an unknown name gets. Source: llama.cpp, `LLAMA_VOCAB_PRE_TYPE_DEFAULT`.
  DEFAULT(
      List.of("default"),
      "[\\p{P}$+<=>^~|]+",
      PreTokenizerPatterns.GPT2,
      "\\p{N}+",
      "[0-9][0-9][0-9]"),

  /// Source: openai-community/gpt2.
  GPT2(
      List.of(
          "gpt-2",
          "phi-2",
          "jina-es",
          "jina-de",
          "jina-v1-en",
          "jina-v2-es",
          "jina-v2-de",
          "jina-v2-code",
          "roberta-bpe",
          "gigachat",
          "a.x-4.0",
          "mellum",
          "modern-bert",
          "exaone4",
          "mpt",
          "olmo",
          "jais",
          "trillion",
          "granite-docling"),
      PreTokenizerPatterns.GPT2),

  /// Source: bigcode/starcoder; digits one by one, then as GPT-2.
  STARCODER(
      List.of(
          "starcoder",
          "refact",
          "command-r",
          "smollm",
          "codeshell",
          "exaone",
          "minerva-7b",
          "mellum2"),
      "\\p{N}",
      PreTokenizerPatterns.GPT2),

  /// Source: tiiuae/falcon-7b.
  FALCON(
      List.of("falcon"),
      PreTokenizerPatterns.FALCON_SYMBOLS,
      PreTokenizerPatterns.GPT2,
      "[0-9][0-9][0-9]"),

  /// Source: meta-llama/Meta-Llama-3-8B; a word that is a token is not merged, and BOS is added.
  LLAMA3(
      Option.WHOLE_WORDS_AND_BOS,
      List.of(
          "llama-bpe",
          "llama3",
          "llama-v3",
          "falcon3",
          "falcon-h1",
          "pixtral",
          "midm-2.0",
          "lfm2",
          "jina-v5-nano"),
      PreTokenizerPatterns.LLAMA3),

  /// Source: databricks/dbrx-base, THUDM/glm-4-9b; Llama 3's pattern alone.
  DBRX(List.of("dbrx", "smaug-bpe", "glm4", "chatglm-bpe"), PreTokenizerPatterns.LLAMA3),

  /// Source: openbmb/MiniCPM5-1B.
  MINICPM5(Option.WHOLE_WORDS, List.of("minicpm5"), "\\p{N}{1,3}", PreTokenizerPatterns.LLAMA3),

  /// Source: inceptionai/Jais-2.
  JAIS2(List.of("jais-2"), PreTokenizerPatterns.JAIS2),

  /// Source: Qwen/Qwen2-7B.
  QWEN2(
      List.of(
          "qwen2",
          "deepseek-r1-qwen",
          "kormo",
          "f2llmv2",
          "megrez",
          "stablelm2",
          "hunyuan",
          "solar-open",
          "grok-2"),
      PreTokenizerPatterns.QWEN2),

  /// Source: Qwen/Qwen3.5.
  QWEN35(List.of("qwen35"), PreTokenizerPatterns.QWEN35),

  /// Source: deepseek-ai/deepseek-llm-7b-base.
  DEEPSEEK_LLM(
      List.of("deepseek-llm"),
      "[\\r\\n]",
      PreTokenizerPatterns.DEEPSEEK_LETTERS,
      PreTokenizerPatterns.DEEPSEEK_PUNCTUATION,
      PreTokenizerPatterns.SPACES_AT_END,
      PreTokenizerPatterns.DEEPSEEK_CJK,
      "\\p{N}+"),

  /// Source: deepseek-ai/deepseek-coder-6.7b-base.
  DEEPSEEK_CODER(
      List.of("deepseek-coder"),
      "[\\r\\n]",
      "\\s?\\p{L}+",
      "\\s?\\p{P}+",
      PreTokenizerPatterns.DEEPSEEK_CJK,
      "\\p{N}"),

  /// Source: deepseek-ai/DeepSeek-V3.
  DEEPSEEK_V3(
      List.of("deepseek-v3", "hunyuan-dense", "joyai-llm", "hy_v4"),
      "\\p{N}{1,3}",
      PreTokenizerPatterns.DEEPSEEK_V3_CJK,
      PreTokenizerPatterns.DEEPSEEK_V3),

  /// Source: mistralai/Mistral-Nemo-Base-2407; a word that is a token is not merged, and BOS is added.
  TEKKEN(Option.WHOLE_WORDS_AND_BOS, List.of("tekken"), PreTokenizerPatterns.TEKKEN),

  /// Source: openai/gpt-oss-20b, meta-llama/Llama-4-Scout-17B-16E.
  GPT4O(List.of("gpt-4o", "llama4", "kanana2", "talkie", "minimax-m2"), PreTokenizerPatterns.GPT4O),

  /// Source: moonshotai/Kimi-K2-Base, `tokenization_kimi.py`.
  KIMI_K2(List.of("kimi-k2"), PreTokenizerPatterns.KIMI_K2),

  /// Source: bigscience/bloom, LumiOpen/Poro-34B.
  BLOOM(List.of("bloom", "poro-chat", "gpt3-finnish"), PreTokenizerPatterns.BLOOM),

  /// Source: LumiOpen/Viking-7B.
  VIKING(List.of("viking"), PreTokenizerPatterns.BLOOM, "\\p{N}"),

  /// Source: UW/OLMo2-8B-SuperBPE; no words at all, but digits in threes from the right.
  SUPERBPE(Option.DIGITS_IN_THREES, List.of("superbpe"), "\\p{N}+"),

  /// Source: arcee-ai/Trinity-Mini; digits in threes from the right.
  AFMOE(
      Option.DIGITS_IN_THREES,
      List.of("afmoe"),
      "\\p{N}+",
      PreTokenizerPatterns.AFMOE_ASIAN,
      PreTokenizerPatterns.DEEPSEEK_V3),

  /// Source: inclusionAI/Ling-lite.
  BAILING_MOE(List.of("bailingmoe", "bailingmoe2", "llada-moe"), PreTokenizerPatterns.BAILING_MOE),

  /// Source: ByteDance-Seed/Seed-Coder-8B-Base.
  SEED_CODER(List.of("seed-coder"), PreTokenizerPatterns.SEED_CODER);

  private static final Logger LOG = System.getLogger(PreTokenizer.class.getName());

  /// What else comes with a pre-tokenizer.
  private enum Option {
    NONE,
    /// A word that is a token as it stands is taken without merging.
    WHOLE_WORDS,
    /// As [#WHOLE_WORDS], and the model expects BOS.
    WHOLE_WORDS_AND_BOS,
    /// Words of digits are cut into threes from the right.
    DIGITS_IN_THREES
  }

  private final Option option;
  private final List<String> names;
  private final List<String> patterns;

  PreTokenizer(List<String> names, String... patterns) {
    this(Option.NONE, names, patterns);
  }

  PreTokenizer(Option option, List<String> names, String... patterns) {
    this.option = option;
    this.names = names;
    this.patterns = List.of(patterns);
  }

  /// The pre-tokenizer of this name; for a name that is not known [#DEFAULT], with a warning.
  static PreTokenizer of(String name) {
    for (PreTokenizer preTokenizer : values()) {
      if (preTokenizer.names.contains(name)) {
        return preTokenizer;
      }
    }
    LOG.log(
        Level.WARNING,
        "tokenizer.ggml.pre: pre-tokenizer ''{0}'' is not known, the default one takes its place and"
            + " answers may be worse; known: {1}",
        name,
        String.join(", ", Arrays.stream(values()).flatMap(p -> p.names.stream()).toList()));
    return DEFAULT;
  }

  /// A word that is a token as it stands is taken without merging.
  boolean ignoreMerges() {
    return option == Option.WHOLE_WORDS || option == Option.WHOLE_WORDS_AND_BOS;
  }

  /// Models with this pre-tokenizer expect BOS where the metadata does not say.
  boolean addBos() {
    return option == Option.WHOLE_WORDS_AND_BOS;
  }

  /// Words of digits are cut into threes from the right.
  boolean digitsInThrees() {
    return option == Option.DIGITS_IN_THREES;
  }

  List<String> names() {
    return names;
  }

  /// The patterns, compiled anew.
  List<Pattern> compile() {
    return patterns.stream()
        .map(pattern -> Pattern.compile(pattern, Pattern.UNICODE_CHARACTER_CLASS))
        .toList();
  }
}
