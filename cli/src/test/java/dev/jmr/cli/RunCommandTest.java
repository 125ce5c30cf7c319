package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.gguf.Gguf;
import dev.jmr.gguf.GgufValue;
import dev.jmr.model.tokenizer.Tokenizers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunCommandTest {
  @TempDir private Path folder;

  private static String[] greedy(String model, String... more) {
    List<String> arguments = new ArrayList<>(List.of("run", model, "--temp", "0", "-n", "12"));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  @Test
  void continuesThePromptAsLlamaCppDoes() throws IOException {
    Golden golden = Golden.read("tiny-llama3-bpe.json");
    Jmr.Result result =
        Jmr.run("run", Jmr.LLAMA3, golden.prompt(), "--raw", "--temp", "0", "-n", "32");
    assertThat(result.code()).isZero();
    assertThat(result.err()).isEmpty();
    try (Gguf gguf = Gguf.open(Path.of(Jmr.LLAMA3))) {
      String expected = Tokenizers.of(gguf.metadata()).decode(golden.greedyIds());
      assertThat(result.out().stripTrailing()).startsWith(expected.substring(0, 10));
    }
  }

  @Test
  void takesThePromptFromTheInputAndBothWithTheArgumentFirst() {
    Jmr.Result piped = Jmr.runWithInput("The answer\n", greedy(Jmr.SPM));
    assertThat(piped.out()).isEqualTo(Jmr.run(greedy(Jmr.SPM, "The answer")).out()).isNotBlank();
    Jmr.Result both = Jmr.runWithInput("of the model\n", greedy(Jmr.SPM, "The answer"));
    assertThat(both.out()).isEqualTo(Jmr.run(greedy(Jmr.SPM, "The answer\n\nof the model")).out());
  }

  @Test
  void theSameSeedDrawsTheSameAnswer() {
    String[] arguments = {"run", Jmr.Q4_K_M, "The", "-n", "20", "--seed", "5", "--temp", "1.5"};
    Jmr.Result first = Jmr.run(arguments);
    assertThat(first.code()).isZero();
    assertThat(Jmr.run(arguments).out()).isEqualTo(first.out());
    arguments[6] = "6";
    assertThat(Jmr.run(arguments).out()).isNotEqualTo(first.out());
  }

  @Test
  void runsASyntheticModel() {
    String file = folder.resolve("synthetic.gguf").toString();
    assertThat(Jmr.run("bench", "synth", "--shape", "mixtral-tiny", "-o", file).out())
        .contains("mixtral-tiny Q4_K_M");
    Jmr.Result result = Jmr.run(greedy(file, "bake dobi"));
    assertThat(result.code()).isZero();
    assertThat(result.out()).containsPattern("[a-z]{2}");
  }

  @Test
  void verboseTellsTimesAndBackendOnTheErrorOutput() {
    Jmr.Result result = Jmr.run(greedy(Jmr.SPM, "The answer", "--verbose"));
    assertThat(result.out()).doesNotContain("jmr:");
    assertThat(result.err())
        .contains(
            "(llama, ", "loaded in", "jmr: backend ", "answer 12 tokens", "first token after");
  }

  @Test
  void usesTheChatTemplateOfTheModel() {
    Path chat =
        TestModels.with(folder, "tokenizer.chat_template", GgufValue.string(TestModels.CHATML));
    Jmr.Result result = Jmr.run(greedy(chat.toString(), "Hello", "--system", "Be brief"));
    Jmr.Result plain =
        Jmr.run(
            greedy(
                Jmr.LLAMA3,
                "<|im_start|>system\nBe brief<|im_end|>\n<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n",
                "--raw"));
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).isEqualTo(plain.out());
  }

  @Test
  void saysWhatIsWrongWithATemplateAndCompletesTheTextWithoutIt() {
    Path odd =
        TestModels.with(folder, "tokenizer.chat_template", GgufValue.string("{{ odd(messages) }}"));
    Jmr.Result result = Jmr.run(greedy(odd.toString(), "Hello"));
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("chat template: ", "odd", "line 1");
    assertThat(Jmr.run(greedy(odd.toString(), "Hello", "--raw")).out())
        .isEqualTo(Jmr.run(greedy(Jmr.LLAMA3, "Hello", "--raw")).out());
  }

  @Test
  void chatsByABuiltInTemplateWhereTheVocabularyHasItsTokens() throws IOException {
    Jmr.Result result = Jmr.run(greedy(Jmr.LLAMA3, "Hello"));
    assertThat(result.err()).contains("no chat template; chatting by the built-in llama3");
    Path same =
        Files.writeString(
            folder.resolve("same.jinja"),
            "{{ bos_token }}<|start_header_id|>user<|end_header_id|>\n\n{{ messages[0].content }}"
                + "<|eot_id|><|start_header_id|>assistant<|end_header_id|>{{ '\n\n' }}");
    assertThat(result.out())
        .isEqualTo(Jmr.run(greedy(Jmr.LLAMA3, "Hello", "--chat-template", same.toString())).out());
  }

  @Test
  void aTemplateCanBeGiven() throws IOException {
    Path template = Files.writeString(folder.resolve("t.jinja"), "{{ messages[0].content }}!");
    assertThat(Jmr.run(greedy(Jmr.LLAMA3, "Hello", "--chat-template", template.toString())).out())
        .isEqualTo(Jmr.run(greedy(Jmr.LLAMA3, "Hello!", "--raw")).out());
    assertThat(Jmr.run(greedy(Jmr.LLAMA3, "Hello", "--chat-template", "absent.jinja")).err())
        .contains("absent.jinja: no such file");
  }

  @Test
  void saysThatASystemPromptNeedsATemplate() {
    assertThat(Jmr.run(greedy(Jmr.LLAMA3, "Hello", "--system", "Be brief", "--raw")).err())
        .contains("--system is not used: --raw continues the text");
  }

  @Test
  void sendsWhoRunsAnEncoderToEmbed() {
    Jmr.Result result = Jmr.run(greedy(Jmr.BERT, "Hello"));
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .contains(
            "expected a model that generates text, got one that can embed (64 numbers, pooling mean); use jmr embed");
  }

  @Test
  void endsQuietlyWhenNobodyReads() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    Streams streams =
        new Streams(new ByteArrayInputStream(new byte[0]), closed, err, Terminals.NONE);
    assertThat(Main.run(streams, Map.of(), "run", Jmr.SPM, "Hello", "--temp", "0", "--verbose"))
        .isEqualTo(141);
    assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("Exception");
  }

  @Test
  void endsBeforeAStopString() {
    String all = Jmr.run(greedy(Jmr.SPM, "The answer")).out().stripTrailing();
    String stop = all.substring(4, 7);
    assertThat(Jmr.run(greedy(Jmr.SPM, "The answer", "--stop", stop)).out().stripTrailing())
        .isEqualTo(all.substring(0, all.indexOf(stop)).stripTrailing());
  }

  @Test
  void takesTheParametersOfEverySampler() {
    Jmr.Result result =
        Jmr.run(
            ("run "
                    + Jmr.SPM
                    + " The -n 8 --seed 3 --samplers temperature;top_k --min-keep 2"
                    + " --top-n-sigma 2 --xtc-probability 0.5 --xtc-threshold 0.05 --dry-multiplier 1"
                    + " --dry-base 2 --dry-allowed-length 3 --dry-penalty-last-n 32"
                    + " --dry-sequence-breaker none --dynatemp-range 0.5 --dynatemp-exp 2"
                    + " --mirostat 2 --mirostat-ent 4 --mirostat-lr 0.2 -l 5+1.5 --logit-bias 6-inf"
                    + " --ignore-eos --repeat-last-n -1 --presence-penalty 0.1"
                    + " --frequency-penalty 0.1")
                .split(" "));
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    assertThat(result.out()).isNotBlank();
  }

  @Test
  void saysWhichSamplersAndBiasesThereAre() {
    assertThat(Jmr.run(greedy(Jmr.SPM, "The", "--samplers", "top_k;best")).err())
        .contains("samplers: expected names of penalties, dry, ")
        .contains("got 'best'");
    assertThat(Jmr.run(greedy(Jmr.SPM, "The", "--logit-bias", "5:1")).err())
        .contains("--logit-bias: expected a token id and a bias, such as 15043+1.5");
    assertThat(Jmr.run(greedy(Jmr.SPM, "The", "--logit-bias", "999999+1")).err())
        .contains("logit_bias: expected token ids from 0 to ");
  }
}
