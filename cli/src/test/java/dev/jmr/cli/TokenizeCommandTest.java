package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class TokenizeCommandTest {
  @Test
  void givesTheIdsOfTheReference() throws IOException {
    Golden golden = Golden.read("tiny-llama3-bpe.json");
    assertThat(Jmr.run("tokenize", Jmr.LLAMA3, golden.prompt(), "--ids").out().strip())
        .isEqualTo(golden.ids());
    assertThat(
            Jmr.runWithInput(golden.prompt(), "tokenize", Jmr.LLAMA3, "-", "--ids").out().strip())
        .isEqualTo(golden.ids());
  }

  @Test
  void showsEachTokenWithItsText() {
    assertThat(Jmr.run("tokenize", Jmr.LLAMA3, "Hello").out().lines())
        .containsExactly("     379  \"<|begin_of_text|>\"", "     299  \"Hello\"");
  }

  @Test
  void writesJson() {
    assertThat(Jmr.run("tokenize", Jmr.LLAMA3, "Hello", "--no-bos", "--json").out())
        .contains("\"id\" : 299", "\"token\" : \"Hello\"")
        .doesNotContain("379");
    assertThat(Jmr.run("tokenize", Jmr.LLAMA3, "Hello", "--ids", "--json").out().strip())
        .isEqualTo("[ 379, 299 ]");
  }

  @Test
  void readsSpecialTokensUnlessToldNotTo() {
    assertThat(
            Jmr.run("tokenize", Jmr.LLAMA3, "<|begin_of_text|>", "--no-bos", "--ids").out().strip())
        .isEqualTo("379");
    assertThat(
            Jmr.run(
                    "tokenize",
                    Jmr.LLAMA3,
                    "<|begin_of_text|>",
                    "--no-bos",
                    "--no-special",
                    "--ids")
                .out())
        .doesNotContain("379");
  }
}
