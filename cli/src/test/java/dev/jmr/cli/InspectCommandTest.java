package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.jmr.gguf.GgufValue;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InspectCommandTest {
  @TempDir private Path folder;

  @Test
  void listsMetadataAndTensorsAndCutsLongArrays() {
    Jmr.Result result = Jmr.run("inspect", Jmr.Q4_K_M);
    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("general.architecture = \"llama\"", "llama.block_count = 2")
        .containsPattern("tokenizer\\.ggml\\.tokens = \\[.*, …] \\(288\\)")
        .containsPattern("token_embd\\.weight +Q6_K +\\[288, 256] +60480")
        .contains("types: F32 × 5, Q4_K × ");
  }

  @Test
  void jsonIsValidAndComplete() throws IOException {
    Jmr.Result result = Jmr.run("inspect", Jmr.LLAMA3, "--json");
    int tensors = 0;
    try (JsonParser json = new JsonFactory().createParser(result.out())) {
      while (json.nextToken() != null) {
        tensors += "shape".equals(json.getText()) ? 1 : 0;
      }
    }
    assertThat(tensors).isEqualTo(21);
    assertThat(result.out())
        .contains("\"llama.rope.freq_base\" : 500000.0", "\"size\" : 384", "\"type\" : \"F32\"");
  }

  @Test
  void showsTheGraph() {
    assertThat(Jmr.run("inspect", Jmr.LLAMA3, "--graph").out())
        .contains("embed(", "attention(", "blk.1.ffn_down.weight F32[64, 96]");
  }

  @Test
  void showsTheTemplateAsItIs() {
    Path file =
        TestModels.with(folder, "tokenizer.chat_template", GgufValue.string(TestModels.CHATML));
    assertThat(Jmr.run("inspect", file.toString(), "--template").out().stripTrailing())
        .isEqualTo(TestModels.CHATML);
    Jmr.Result none = Jmr.run("inspect", Jmr.LLAMA3, "--template");
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).contains("the model has no chat template");
  }

  @Test
  void anArchitectureThatWeDoNotHaveCanBeInspected() {
    Path file = TestModels.with(folder, "general.architecture", GgufValue.string("strange"));
    assertThat(Jmr.run("inspect", file.toString()).out()).contains("\"strange\"");
  }

  @Test
  void controlCharactersDoNotReachTheTerminal() {
    Path file = TestModels.with(folder, "general.name", GgufValue.string("a\u001b[31mb\nc"));
    assertThat(Jmr.run("inspect", file.toString()).out())
        .contains("general.name = \"a\\u001b[31mb\\nc\"");
  }
}
