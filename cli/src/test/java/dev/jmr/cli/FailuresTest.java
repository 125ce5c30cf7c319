package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.gguf.GgufValue;
import dev.jmr.tensor.TensorType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FailuresTest {
  @TempDir private Path folder;

  private static void assertFails(Jmr.Result result, String... parts) {
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("jmr: ").contains(parts).doesNotContain("\tat ");
    assertThat(result.err().lines()).hasSize(1);
  }

  private static void assertUsedWrongly(Jmr.Result result, String... parts) {
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).startsWith("jmr: ").contains(parts).doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run missing.gguf x",
        "inspect missing.gguf",
        "tokenize missing.gguf x",
        "logits missing.gguf --ids 1",
        "perplexity -m missing.gguf -f x"
      })
  void noSuchFile(String line) {
    Jmr.Result result = Jmr.run(line.split(" ", -1));
    assertFails(result, "missing.gguf: no such file");
    assertThat(result.err()).doesNotContain("pulled");
  }

  @Test
  void aNameThatIsNoFileAndNoModel() {
    Jmr.Result result = Jmr.run("run", "localhost:1/llama3.2", "x");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .startsWith(
            "jmr: localhost:1/llama3.2 is not in the store; pulling localhost:1/llama3.2:latest")
        .contains("localhost:1: cannot be reached: connection refused; check the name");
  }

  @Test
  void aDirectory() {
    assertFails(Jmr.run("run", folder.toString(), "x"), "expected a GGUF file, got a directory");
  }

  @Test
  void anEmptyFile() throws IOException {
    Path file = Files.createFile(folder.resolve("empty.gguf"));
    assertFails(Jmr.run("run", file.toString(), "x"), "expected a GGUF file, got an empty file");
  }

  @Test
  void aTruncatedFile() throws IOException {
    byte[] whole = Files.readAllBytes(Path.of(Jmr.SPM));
    Path file = folder.resolve("half.gguf");
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertFails(Jmr.run("run", file.toString(), "x"), "half.gguf, byte ");
  }

  @Test
  void aFileThatIsNoGguf() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.gguf"), "these are my notes, not a model");
    assertFails(Jmr.run("run", file.toString(), "x"), "notes.gguf", "GGUF");
  }

  @Test
  void anUnsupportedArchitecture() {
    Path file = TestModels.with(folder, "general.architecture", GgufValue.string("strange"));
    assertFails(
        Jmr.run("run", file.toString(), "x"), "architecture 'strange' is not supported", "llama");
  }

  @Test
  void anUnsupportedTensorType() {
    Path file = TestModels.retyped(folder, TensorType.I8);
    assertFails(Jmr.run("run", file.toString(), "x"), "I8", "cannot be computed with");
  }

  @Test
  void aPromptLongerThanTheContext() {
    assertFails(
        Jmr.run("run", Jmr.LLAMA3, "word ".repeat(100), "--raw", "--ctx", "32"),
        "prompt has ",
        "the context holds 32",
        "--ctx");
  }

  @Test
  void aContextBeyondTheTrainedOneIsAWarning() {
    Jmr.Result result = Jmr.run("run", Jmr.LLAMA3, "x", "--ctx", "10000", "-n", "2");
    assertThat(result.code()).isZero();
    assertThat(result.err())
        .contains(
            "jmr: warning: --ctx 10000 is more than the 8192 tokens that the model was trained with");
  }

  @Test
  void anUnknownBackend() {
    assertFails(
        Jmr.run("run", Jmr.SPM, "x", "--backend", "abacus"),
        "backend 'abacus' is not installed; installed: ",
        "reference");
  }

  @Test
  void outOfMemory() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    InputStream huge =
        new InputStream() {
          @Override
          public int read() {
            throw new OutOfMemoryError("Java heap space");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            return read();
          }
        };
    Streams streams = new Streams(huge, new ByteArrayOutputStream(), err, Terminals.NONE);
    assertThat(Main.run(streams, Map.of(), "tokenize", Jmr.SPM, "-")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("jmr: out of memory (Java heap space; ")
        .contains("--ctx", "-Xmx")
        .doesNotContain("\tat ");
  }

  @Test
  void aDiskThatIsFull() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    Streams streams = new Streams(InputStream.nullInputStream(), full, err, Terminals.NONE);
    assertThat(Main.run(streams, Map.of(), "tokenize", Jmr.SPM, "x")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines("jmr: output: No space left on device");
  }

  @Test
  void verboseShowsTheStackTrace() {
    Jmr.Result result = Jmr.run("run", "missing.gguf", "x", "--verbose");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("jmr: missing.gguf: no such file", "\tat dev.jmr.cli.");
  }

  @Test
  void aMistypedOption() {
    assertUsedWrongly(
        Jmr.run("run", Jmr.SPM, "x", "--tmp", "1"),
        "'--tmp' is not an option; did you mean --temp?",
        "run 'jmr run --help'");
  }

  @Test
  void aMistypedCommand() {
    assertUsedWrongly(
        Jmr.run("inspekt", Jmr.SPM), "'inspekt' is not a command; did you mean inspect?");
  }

  @Test
  void anArgumentTooMany() {
    assertUsedWrongly(Jmr.run("inspect", Jmr.SPM, "more"), "'more' is one argument too many");
  }

  @Test
  void aValueOutOfRange() {
    assertUsedWrongly(
        Jmr.run("run", Jmr.SPM, "x", "--temp", "-1"), "temperature: expected 0 (greedy) or more");
    assertUsedWrongly(Jmr.run("run", Jmr.SPM, "x", "--threads", "-1"), "--threads: expected 0");
    assertUsedWrongly(Jmr.run("run", Jmr.SPM, "x", "--top-k", "many"), "--top-k", "'many'");
  }

  @Test
  void noPromptAndNoTerminal() {
    assertUsedWrongly(
        Jmr.run("run", Jmr.SPM), "prompt: expected one as an argument", "no terminal to chat on");
  }

  @Test
  void noCommandShowsWhatThereIs() {
    Jmr.Result result = Jmr.run();
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .contains("Usage: jmr", "run", "inspect", "tokenize", "logits", "perplexity", "bench");
  }
}
