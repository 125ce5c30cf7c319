package dev.jmr.bench.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class KernelsCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int kernels(String... arguments) {
    CommandLine commandLine = new CommandLine(new KernelsCommand());
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(arguments);
  }

  private int small(String... more) {
    String[] small = {
      "--family",
      "dot",
      "--type",
      "Q8_0,F32",
      "--shape",
      "5x64",
      "--place",
      "cache",
      "-r",
      "1",
      "--time",
      "1"
    };
    String[] all = java.util.Arrays.copyOf(small, small.length + more.length);
    System.arraycopy(more, 0, all, small.length, more.length);
    return kernels(all);
  }

  @Test
  void printsATableComparedWithAnEarlierRun() throws IOException {
    assertThat(small("-o", "json")).as(err::toString).isZero();
    Path file = Files.writeString(folder.resolve("earlier.json"), out.toString());
    out.getBuffer().setLength(0);
    assertThat(small("--baseline", file.toString())).as(err::toString).isZero();
    List<String> rows = out.toString().lines().filter(line -> line.startsWith("| dot")).toList();
    assertThat(rows).hasSize(2).allMatch(row -> row.matches(".*\\| +\\d+\\.\\d\\d \\|"));
  }

  @Test
  void otherWidthsAreMeasuredInAnotherJvm() {
    assertThat(small("--width", "128", "-o", "json", "-t", "2")).as(err::toString).isZero();
    byte[] json = out.toString().getBytes(StandardCharsets.UTF_8);
    KernelRun run = KernelJson.read(new ByteArrayInputStream(json), "out");
    assertThat(run.results())
        .hasSize(2)
        .allMatch(result -> result.width() == 128 && result.threads() == 2);
    assertThat(run.peak(128)).isPresent();
    assertThat(err.toString()).contains("# dot Q8_0 5x64 cache").doesNotContain("incubator");
  }

  @Test
  void theOtherJvmHasTheFlagsOfThisOneButForTheWidth() {
    List<String> command = WidthProcess.command(256, List.of("-t", "1"));
    assertThat(command)
        .contains("-XX:MaxVectorSize=32", "--add-modules=jdk.incubator.vector", "-t")
        .noneMatch(flag -> flag.startsWith("-Djmr.vector.bits"));
  }

  @Test
  void refusesWidthsAndCountsThatMakeNoSense() {
    assertThat(small("--width", "100")).isEqualTo(2);
    assertThat(err.toString()).contains("--width: expected 128, 256 or 512, got 100");
    assertThat(small("-t", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("-t: expected 1 to 256, got 0");
    assertThat(small("-r", "0")).isEqualTo(2);
    assertThat(small("--time", "0")).isEqualTo(2);
  }

  @Test
  void saysThatTheBaselineIsMissing() {
    assertThat(small("--baseline", folder.resolve("none.json").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("none.json: no such file; a run with -o json makes one");
  }
}
