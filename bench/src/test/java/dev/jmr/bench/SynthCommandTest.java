package dev.jmr.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class SynthCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int synth(String... arguments) {
    CommandLine commandLine = new CommandLine(new SynthCommand());
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(arguments);
  }

  @Test
  void writesTheFileAndSaysSo() {
    Path file = folder.resolve("t.gguf");
    assertThat(synth("--shape", "tiny", "--type", "Q8_0", "-o", file.toString())).isZero();
    assertThat(out.toString()).contains("tiny Q8_0, seed 1");
    assertThat(file).exists();
  }

  @Test
  void leavesAnExistingFileAloneUnlessForced() throws IOException {
    Path file = Files.writeString(folder.resolve("t.gguf"), "precious");
    assertThat(synth("--shape", "tiny", "-o", file.toString())).isNotZero();
    assertThat(err.toString()).contains("t.gguf exists; --force replaces it");
    assertThat(file).hasContent("precious");
    assertThat(synth("--shape", "tiny", "--force", "-o", file.toString())).isZero();
    assertThat(Files.size(file)).isGreaterThan(100_000);
  }

  @Test
  void namesTheKnownShapes() {
    assertThat(synth("--shape", "huge", "-o", folder.resolve("t.gguf").toString())).isNotZero();
    assertThat(err.toString()).contains("shape 'huge' is not known; known: tiny, llama-135m");
  }

  @Test
  void refusesAFolderThatDoesNotExist() {
    Path file = folder.resolve("missing/t.gguf");
    assertThat(synth("--shape", "tiny", "-o", file.toString())).isNotZero();
    assertThat(err.toString()).contains("expected a folder that exists");
  }
}
