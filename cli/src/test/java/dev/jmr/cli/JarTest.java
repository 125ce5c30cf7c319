package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is built at the end: `jmr.jar`, started as users start it. Runs after packaging.
@Timeout(120)
final class JarTest {
  private static final Path JAR = Path.of("target", "jmr.jar");

  private static ProcessBuilder java(List<String> flags, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("-jar");
    command.add(JAR.toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  private static Jmr.Result run(List<String> flags, String... arguments) throws Exception {
    Path out = Files.createTempFile("jmr", ".out");
    Path err = Files.createTempFile("jmr", ".err");
    try {
      Process process =
          java(flags, arguments).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      process.getOutputStream().close();
      assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
      return new Jmr.Result(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  @Test
  void holdsNoNativeLibraryNothingOfTornadoVmNoModuleAndNoSignature() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.stream().map(entry -> entry.getName()))
          .isNotEmpty()
          .noneMatch(name -> name.matches(".*\\.(so|dll|dylib|jnilib|a|o|exe)(\\..*)?"))
          .noneMatch(name -> name.startsWith("uk/"))
          .noneMatch(name -> name.endsWith("module-info.class"))
          .noneMatch(name -> name.matches("META-INF/.*\\.(SF|DSA|RSA)"));
    }
  }

  @Test
  void answersWithoutAModelAndWithoutANetwork(@TempDir Path folder) throws Exception {
    ProcessBuilder run = java(List.of(), "run", "What is 7 plus 5?");
    run.environment().remove("JMR_DEMO");
    for (String place : List.of("MODELS_PATH", "XDG_CONFIG_HOME", "XDG_STATE_HOME")) {
      run.environment().put(place, folder.resolve(place).toString());
    }
    Process process = run.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    process.getOutputStream().close();
    try (InputStream out = process.getInputStream()) {
      assertThat(new String(out.readAllBytes(), StandardCharsets.UTF_8).strip())
          .isEqualTo("7 plus 5 is 12.");
    }
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void restartsItselfForTheVectorModuleAndHidesTheJvmsWarning() throws Exception {
    Jmr.Result result = run(List.of(), "version");
    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("backend cpu: ").doesNotContain("cpu: skipped");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void takesTheJvmsWarningBackFromTerminals() throws Exception {
    List<String> flags = new ArrayList<>(JvmFlags.read());
    flags.add("-Djmr.erase=true");
    assertThat(run(flags, "version").err())
        .isEqualToNormalizingNewlines(
            "WARNING: Using incubator modules: jdk.incubator.vector\n\u001b[1A\r\u001b[2K");
  }

  @Test
  void passesFlagsPropertiesOutputAndExitCodeThroughTheRestart() throws Exception {
    Jmr.Result result =
        run(
            List.of("-Xmx77m", "-Dos.arch=abacus"),
            "logits",
            "missing.gguf",
            "--prompt",
            "x",
            "--verbose");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).startsWith("jmr: missing.gguf: no such file");
    assertThat(run(List.of("-Dos.arch=abacus"), "version").out()).contains(" abacus, ");
  }

  @Test
  void restartsItselfWithTheFlagsOfAnSdkForDevices(@TempDir Path folder) throws Exception {
    EmptySdk.create(folder);
    ProcessBuilder builder = java(JvmFlags.read(), "version");
    builder.environment().put("TORNADOVM_HOME", folder.toString());
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    process.getOutputStream().close();
    try (InputStream out = process.getInputStream()) {
      assertThat(new String(out.readAllBytes(), StandardCharsets.UTF_8))
          .contains("backend tornado: TornadoVM 5.2.0", "backend cpu: ")
          .doesNotContain("cpu: skipped");
    }
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void doesNotRestartForever() throws Exception {
    Jmr.Result result = run(List.of("-Djmr.relaunched=true"), "version");
    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("cpu: skipped: ");
  }

  @Test
  void answersAPipedPrompt() throws Exception {
    Process process =
        java(List.of(), "run", Jmr.SPM, "--temp", "0", "-n", "8")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (OutputStream in = process.getOutputStream()) {
      in.write("The answer".getBytes(StandardCharsets.UTF_8));
    }
    try (InputStream out = process.getInputStream()) {
      assertThat(new String(out.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(Jmr.run("run", Jmr.SPM, "The answer", "--temp", "0", "-n", "8").out());
    }
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void endsQuietlyWhenItsReaderLeaves() throws Exception {
    Path err = Files.createTempFile("jmr", ".err");
    Process process = java(List.of(), endless()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    try (InputStream out = process.getInputStream()) {
      assertThat(out.read()).isNotNegative();
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(141);
    assertThat(err).isEmptyFile();
    Files.delete(err);
  }

  /// What shells start in the background ignores interrupts, and so would its children.
  @Test
  void isInterruptedWithExitCode130() throws Exception {
    assumeThat(Path.of("/bin/kill")).as("a kill command to send the signal with").exists();
    ProcessBuilder slow = java(JvmFlags.read(), endless());
    slow.command().addAll(List.of("--backend", "reference"));
    if (Files.exists(Path.of("/proc"))) {
      slow.command().addAll(0, List.of("env", "--default-signal=INT"));
    }
    Process process = slow.start();
    process.getOutputStream().close();
    try (InputStream out = process.getInputStream()) {
      assertThat(out.read()).isNotNegative();
      new ProcessBuilder("/bin/kill", "-INT", Long.toString(process.pid())).start().waitFor();
      out.transferTo(OutputStream.nullOutputStream());
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
  }

  @Test
  void endingTheFirstJvmEndsTheSecond() throws Exception {
    Process process = java(List.of(), endless()).start();
    process.getOutputStream().close();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.read()).isNotNegative();
      List<ProcessHandle> children = process.children().toList();
      assertThat(children).hasSize(1);
      process.toHandle().destroy();
      out.transferTo(Writer.nullWriter());
      children.getFirst().onExit().get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void servesUntilItIsToldToEnd(@TempDir Path folder) throws Exception {
    ProcessBuilder serve = java(List.of(), "serve", "--port", "0", "--model", Jmr.Q4_K_M);
    serve.environment().put("MODELS_PATH", folder.resolve("models").toString());
    serve.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    Process process = serve.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader err = process.errorReader();
        HttpClient client = HttpClient.newHttpClient()) {
      String line =
          err.lines().filter(said -> said.startsWith("jmr: serves on ")).findFirst().orElseThrow();
      URI models = URI.create(line.substring("jmr: serves on ".length()) + "/v1/models");
      HttpRequest request = HttpRequest.newBuilder(models).build();
      assertThat(client.send(request, BodyHandlers.ofString()).body())
          .contains("\"id\":\"tinyq-llama-Q4_K_M\"");
      process.toHandle().destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  /// Does not come to an end before the context is full.
  private static String[] endless() {
    return new String[] {"run", Jmr.Q4_K_M, "x", "--ctx", "2048", "--temp", "0"};
  }

  @Test
  void lightCommandsFindTheirClassesInAnArchive() throws Exception {
    Path flags = Path.of("src", "main", "resources", "dev", "jmr", "cli", "light.flags");
    Path archive = JAR.resolveSibling("jmr-light.jsa").toAbsolutePath();
    Jmr.Result result =
        run(
            List.of("@" + flags, "-XX:SharedArchiveFile=" + archive, "-Xlog:class+load"),
            "--version");
    assertThat(result.code()).isZero();
    assertThat(result.out())
        .containsPattern("dev.jmr.cli.Main source: shared objects file \\(top\\)");
  }
}
