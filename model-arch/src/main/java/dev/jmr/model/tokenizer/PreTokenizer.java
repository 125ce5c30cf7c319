package dev.jmr.model.tokenizer;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// How byte-level BPE cuts a text into words before it merges: the values of `tokenizer.ggml.pre`, each with its
/// patterns (see [WordSplitter]) and where they come from.
///
/// The patterns are those that the model was trained with. llama.cpp, whose `std::regex` knows no Unicode, approximates
/// some of them; where the two differ (capitals and marks outside of ASCII under `gpt-4o`, `tekken`; all capitals under
/// `kimi-k2`, `youtu`, `tiny_aya`; numbers that run on into a word under `tiny_aya`) we follow the model. To add one, add
/// a constant.
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
          "jina-v2-es",
          "jina-v2-de",
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

  /// Source: FacebookAI/roberta-base; GPT-2's, with a separator between two texts.
  ROBERTA(
      EnumSet.of(Trait.ADD_SEPARATOR),
      List.of("roberta-bpe", "jina-v1-en", "jina-v2-code"),
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
      EnumSet.of(Trait.WHOLE_WORDS, Trait.ADD_BOS),
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
  MINICPM5(
      EnumSet.of(Trait.WHOLE_WORDS),
      List.of("minicpm5"),
      "\\p{N}{1,3}",
      PreTokenizerPatterns.LLAMA3),

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

  /// Source: poolside/Laguna-XS.2; Qwen 2's within a line.
  LAGUNA(List.of("laguna"), PreTokenizerPatterns.LINE_FEEDS, PreTokenizerPatterns.QWEN2),

  /// Source: ufakai/ufakzeka-1; Qwen 2's without contractions, so that Turkish suffixes stay whole.
  UFAKZEKA(List.of("ufakzeka"), PreTokenizerPatterns.UFAKZEKA),

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

  /// Source: XHToken/Spark-X2.5-1.7B; DeepSeek V3's with line breaks one by one.
  SPARK2_5(
      List.of("spark2_5"),
      "\\p{N}{1,3}",
      PreTokenizerPatterns.DEEPSEEK_V3_CJK,
      PreTokenizerPatterns.SPARK2_5,
      "\\p{N}"),

  /// Source: tencent/Youtu-LLM-2B; East Asian scripts apart.
  YOUTU(
      EnumSet.of(Trait.WHOLE_WORDS),
      List.of("youtu"),
      PreTokenizerPatterns.YOUTU_ASIAN,
      PreTokenizerPatterns.YOUTU),

  /// Source: mistralai/Mistral-Nemo-Base-2407; a word that is a token is not merged, and BOS is added.
  TEKKEN(
      EnumSet.of(Trait.WHOLE_WORDS, Trait.ADD_BOS), List.of("tekken"), PreTokenizerPatterns.TEKKEN),

  /// Source: openai/gpt-oss-20b, meta-llama/Llama-4-Scout-17B-16E.
  GPT4O(List.of("gpt-4o", "llama4", "kanana2", "talkie", "minimax-m2"), PreTokenizerPatterns.GPT4O),

  /// Source: ibm-granite/granite-embedding-97m-multilingual-r2.
  GRANITE_EMBEDDING(
      EnumSet.of(Trait.WHOLE_WORDS),
      List.of("granite-embed-multi-97m"),
      PreTokenizerPatterns.GPT4O),

  /// Source: CohereLabs/tiny-aya-base, CohereLabs/North-Mini-Code-1.0; numbers that end where a word ends in threes from the right.
  TINY_AYA(
      EnumSet.of(Trait.DIGITS_IN_THREES),
      List.of("tiny_aya", "cohere2moe"),
      PreTokenizerPatterns.WHOLE_NUMBER,
      PreTokenizerPatterns.TINY_AYA),

  /// Source: moonshotai/Kimi-K2-Base, `tokenization_kimi.py`.
  KIMI_K2(List.of("kimi-k2"), PreTokenizerPatterns.KIMI_K2),

  /// Source: bigscience/bloom, LumiOpen/Poro-34B.
  BLOOM(List.of("bloom", "poro-chat", "gpt3-finnish"), PreTokenizerPatterns.BLOOM),

  /// Source: LumiOpen/Viking-7B.
  VIKING(List.of("viking"), PreTokenizerPatterns.BLOOM, "\\p{N}"),

  /// Source: UW/OLMo2-8B-SuperBPE; no words at all, but digits in threes from the right.
  SUPERBPE(EnumSet.of(Trait.DIGITS_IN_THREES), List.of("superbpe"), "\\p{N}+"),

  /// Source: arcee-ai/Trinity-Mini; digits in threes from the right.
  AFMOE(
      EnumSet.of(Trait.DIGITS_IN_THREES),
      List.of("afmoe"),
      "\\p{N}+",
      PreTokenizerPatterns.AFMOE_ASIAN,
      PreTokenizerPatterns.DEEPSEEK_V3),

  /// Source: inclusionAI/Ling-lite.
  BAILING_MOE(List.of("bailingmoe", "bailingmoe2", "llada-moe"), PreTokenizerPatterns.BAILING_MOE),

  /// Source: ByteDance-Seed/Seed-Coder-8B-Base.
  SEED_CODER(List.of("seed-coder"), PreTokenizerPatterns.SEED_CODER),

  /// Source: LGAI-EXAONE/K-EXAONE-236B-A23B; words with single spaces between them stay together.
  EXAONE_MOE(List.of("exaone-moe"), PreTokenizerPatterns.EXAONE_MOE),

  /// Source: facebook/chameleon-7b.
  CHAMELEON(
      EnumSet.of(Trait.ADD_BOS),
      List.of("chameleon"),
      "<sentinel:[0-9]+>",
      "IMGIMG[A-I]{1,4}Z",
      "[\\t\\n]|    |  ",
      "\\p{N}",
      "[\\p{P}!-/:-@\\[-`{-~]",
      PreTokenizerPatterns.GPT2),

  /// Source: google/gemma-4-E2B, ibm-granite/granite-embedding-311m-multilingual-r2.
  GEMMA4(
      EnumSet.of(Trait.CHARACTERS, Trait.ADD_BOS),
      List.of("gemma4", "granite-embed-multi-311m"),
      PreTokenizerPatterns.LINE_FEEDS),

  /// Source: sarvamai/sarvam-30b.
  SARVAM_MOE(EnumSet.of(Trait.CHARACTERS), List.of("sarvam-moe"), PreTokenizerPatterns.LINE_FEEDS),

  /// Source: jinaai/jina-embeddings-v2-base-zh.
  WHITESPACE(EnumSet.of(Trait.CHARACTERS), List.of("whitespace"), PreTokenizerPatterns.WHITESPACE);

  private static final Logger LOG = System.getLogger(PreTokenizer.class.getName());

  /// What else comes with a pre-tokenizer.
  private enum Trait {
    WHOLE_WORDS,
    ADD_BOS,
    ADD_SEPARATOR,
    DIGITS_IN_THREES,
    CHARACTERS
  }

  private final Set<Trait> traits;
  private final List<String> names;
  private final List<String> patterns;

  PreTokenizer(List<String> names, String... patterns) {
    this(EnumSet.noneOf(Trait.class), names, patterns);
  }

  PreTokenizer(Set<Trait> traits, List<String> names, String... patterns) {
    this.traits = traits;
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
    return traits.contains(Trait.WHOLE_WORDS);
  }

  /// Models with this pre-tokenizer expect BOS where the metadata does not say.
  boolean addBos() {
    return traits.contains(Trait.ADD_BOS);
  }

  /// Models with this pre-tokenizer expect a separator between two texts where the metadata does not say.
  boolean addSeparator() {
    return traits.contains(Trait.ADD_SEPARATOR);
  }

  /// Words of digits are cut into threes from the right.
  boolean digitsInThrees() {
    return traits.contains(Trait.DIGITS_IN_THREES);
  }

  /// Merges begin with characters, not with bytes: see [CharacterBpeTokenizer].
  boolean mergesCharacters() {
    return traits.contains(Trait.CHARACTERS);
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
