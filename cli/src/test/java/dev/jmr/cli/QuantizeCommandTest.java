package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuantizeCommandTest {
  @TempDir private Path folder;

  private String out() {
    return folder.resolve("out.gguf").toString();
  }

  @Test
  void writesAModelThatRuns() {
    Jmr.Result result = Jmr.run("quantize", Jmr.SPM, out(), "q8_0");
    assertThat(result.code()).isZero();
    assertThat(result.out()).matches("\\S+out.gguf: Q8_0, .*kB -> .*kB, 8\\..* MB/s\\R");
    assertThat(result.err()).contains("jmr: quantizing: ");
    assertThat(Jmr.run("run", out(), "The answer", "--temp", "0", "-n", "8").out()).isNotBlank();
    assertThat(Jmr.run("inspect", out()).out()).contains("general.file_type = 7");
  }

  @Test
  void showsTypesAndSizesBeforehand() {
    Jmr.Result result = Jmr.run("quantize", Jmr.LLAMA3, out(), "Q4_K_M", "--dry-run");
    assertThat(result.code()).isZero();
    assertThat(result.out().lines().findFirst())
        .hasValueSatisfying(
            line -> assertThat(line).matches("TENSOR +SHAPE +TYPE +NEW TYPE +SIZE +NEW SIZE"));
    assertThat(result.out()).containsPattern("blk.0.attn_v.weight +\\[32, 64] +F32 +Q\\d_\\d ");
    assertThat(result.out()).containsPattern("blk.0.attn_norm.weight +\\[64] +F32 +F32 ");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void doesNotQuantizeTwiceUnasked() {
    Jmr.Result refused = Jmr.run("quantize", Jmr.Q4_K_M, out(), "Q8_0");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("--allow-requantize");
    assertThat(folder).isEmptyDirectory();
    assertThat(Jmr.run("quantize", Jmr.Q4_K_M, out(), "Q8_0", "--allow-requantize").code())
        .isZero();
  }

  @Test
  void replacesAFileOnlyWhenToldAndNeverTheModelItself() throws IOException {
    Files.writeString(Path.of(out()), "mine");
    assertThat(Jmr.run("quantize", Jmr.SPM, out(), "Q8_0").err()).contains("--force replaces it");
    assertThat(Path.of(out())).hasContent("mine");
    assertThat(Jmr.run("quantize", Jmr.SPM, out(), "Q8_0", "--force").code()).isZero();
    Jmr.Result itself = Jmr.run("quantize", out(), out(), "Q4_0", "--force", "--allow-requantize");
    assertThat(itself.err()).contains("is the model itself");
  }

  @Test
  void namesTheTypesThatThereAre() {
    Jmr.Result result = Jmr.run("quantize", Jmr.SPM, out(), "Q9");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("'Q9' cannot be quantized to; known: ", "Q4_K_M");
    assertThat(Jmr.run("quantize", Jmr.SPM, out()).code()).isEqualTo(2);
  }
}
