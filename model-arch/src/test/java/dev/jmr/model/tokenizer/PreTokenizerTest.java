package dev.jmr.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreTokenizerTest {

  private static List<String> words(PreTokenizer preTokenizer, String text) {
    List<String> words = new ArrayList<>();
    WordSplitter.Words plain = (from, to) -> words.add(text.substring(from, to));
    new WordSplitter(preTokenizer.compile(), text)
        .split(
            0, text.length(), preTokenizer.digitsInThrees() ? new DigitGroups(text, plain) : plain);
    return words;
  }

  /// `|` stands between words, `¶` for a line feed, `·` for a space.
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "default; I'm·12345,ok; I|'|m|·|123|45|,|ok",
        "default; a<=b; a|<=|b",
        "gpt-2; Don't·stop··now; Don|'t|·stop|·|·now",
        "gpt-2; x=1234·!?; x|=|1234|·!?",
        "roberta-bpe; we've·é1; we|'ve|·é|1",
        "starcoder; a·12b; a|·|1|2|b",
        "falcon; a`b·1234; a|`|b|·|123|4",
        "llama-bpe; It'S·12345¶¶x; It|'S|·|123|45|¶¶|x",
        "dbrx; (hi)··x; (hi|)|·|·x",
        "minicpm5; a1234; a|123|4",
        "jais-2; a·····b; a|····|·b",
        "qwen2; I'LL·42; I|'LL|·|4|2",
        "laguna; a!¶¶b; a|!|¶¶|b",
        "qwen2; a!¶¶b; a|!¶¶|b",
        "ufakzeka; Ankara'da·5; Ankara|'da|·|5",
        "ufakzeka; can't; can|'t",
        "qwen2; can'tx; can|'t|x",
        "ufakzeka; can'tx; can|'tx",
        "qwen35; e\u0301t\u0301e·1; e\u0301t\u0301e|·|1",
        "deepseek-llm; ab·!?12¶; ab|·!?|12|¶",
        "deepseek-coder; ab·!12; ab|·!|1|2",
        "deepseek-v3; ab12345世界ア!x; ab|123|45|世界ア|!x",
        "spark2_5; a!¶¶12345; a|!|¶|¶|1|2|3|4|5",
        "deepseek-v3; a!¶¶1; a|!¶¶|1",
        "youtu; 한글，世界iPhone12; 한글|，|世界|i|Phone|1|2",
        "youtu; ㄅㄆ…abc's; ㄅㄆ|…|abc's",
        "tekken; helloWorld·HTTPServer12; hello|World|·HTTPServer|1|2",
        "gpt-4o; don'tStop·1234/¶; don't|Stop|·|123|4|/¶",
        "granite-embed-multi-97m; hélloWorld1234; héllo|World|123|4",
        "tiny_aya; 1234567·x1234·1234x; 1|234|567|·x|1|234|·|123|4|x",
        "cohere2moe; helloWorld·12; hello|World|·|12",
        "kimi-k2; 世界HelloWorld1234; 世界|Hello|World|123|4",
        "bloom; a,b·c…; a|,|b|·c|…",
        "viking; a12·b; a|1|2|·b",
        "superbpe; a·b1234567; a·b|1|234|567",
        "afmoe; x1234ไทย·y; x|1|234|ไทย|·y",
        "bailingmoe; a¶·b1; a|¶|·b|1",
        "seed-coder; a!¶b; a|!|¶|b",
        "exaone-moe; one·two··x!/1; one·two|·|·x|!/|1",
        "exaone-moe; it's·I'm; it|'s|·I|'m",
        "chameleon; a<sentinel:12>bIMGIMGABZ; a|<|sentinel|:|1|2|>|b|IMGIMGABZ",
        "chameleon; a.!·12····x; a|.|!|·|1|2|····|x",
        "gemma4; a·b1¶¶c; a·b1|¶¶|c",
        "sarvam-moe; a¶b; a|¶|b",
        "whitespace; ab·世界; ab|·|世界",
      })
  void cutsTextIntoWords(String name, String text, String words) {
    String plain = text.replace('·', ' ').replace('¶', '\n');
    assertThat(words(PreTokenizer.of(name), plain))
        .isEqualTo(
            Arrays.stream(words.split("\\|"))
                .map(w -> w.replace('·', ' ').replace('¶', '\n'))
                .toList());
  }

  /// The values of `tokenizer.ggml.pre` that llama.cpp v0.5.0 knows.
  @Test
  void knowsEveryNameThatLlamaCppKnows() {
    String names =
        "default minicpm5 llama3 llama-v3 llama-bpe falcon3 falcon-h1 pixtral midm-2.0 lfm2"
            + " jina-v5-nano deepseek-llm deepseek-coder deepseek-v3 spark2_5 youtu falcon mpt"
            + " starcoder gpt-2 phi-2 jina-es jina-de gigachat jina-v2-es jina-v2-de a.x-4.0 mellum"
            + " modern-bert jais-2 gemma4 granite-embed-multi-311m sarvam-moe jina-v1-en"
            + " jina-v2-code roberta-bpe whitespace refact command-r qwen2 deepseek-r1-qwen kormo"
            + " f2llmv2 qwen35 stablelm2 olmo dbrx smaug-bpe poro-chat glm4 chatglm-bpe viking jais"
            + " tekken smollm codeshell bloom gpt3-finnish exaone exaone4 exaone-moe chameleon"
            + " minerva-7b megrez gpt-4o llama4 kanana2 talkie granite-embed-multi-97m tiny_aya"
            + " cohere2moe superbpe trillion granite-docling bailingmoe bailingmoe2 llada-moe"
            + " seed-coder hunyuan hunyuan-dense hy_v4 joyai-llm kimi-k2 ufakzeka grok-2 afmoe"
            + " laguna minimax-m2 solar-open mellum2";
    List<String> known =
        Arrays.stream(PreTokenizer.values()).flatMap(p -> p.names().stream()).toList();
    assertThat(known).doesNotHaveDuplicates().containsExactlyInAnyOrder(names.split(" "));
  }

  @Test
  void takesTheDefaultForNamesThatItDoesNotKnow() {
    assertThat(PreTokenizer.of("missing")).isEqualTo(PreTokenizer.DEFAULT);
  }

  @Test
  void cutsLongRunsOfEveryKind() {
    for (PreTokenizer preTokenizer : PreTokenizer.values()) {
      for (String unit :
          List.of("a", "A", "é", "世", "1", " ", "\n", "!", "a ", "😀é", "𐐀a", "'s")) {
        String text = unit.repeat(20_000) + "x";
        assertThat(String.join("", words(preTokenizer, text)).equals(text))
            .as("%s of '%s'", preTokenizer, unit)
            .isTrue();
      }
    }
  }
}
