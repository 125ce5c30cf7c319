package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Every command as a process of the built jar, with what it prints: the files of `transcripts` in the test resources. What a run
/// printed is left in `target/transcripts`. Runs after packaging.
@Timeout(240)
final class TranscriptTest {
  private static final Path JAR = Path.of("target", "jmr.jar").toAbsolutePath();
  private static final Path ACTUAL = Path.of("target", "transcripts");
  private static final String SERVES = "jmr: serves on ";

  /// Those that get the flags for computing at once, so that no second JVM is started.
  private static final Set<String> COMPUTING =
      Set.of(
          "run", "embed", "logits", "perplexity", "bench", "tune", "serve", "version", "devices");

  /// Commands that were processes already, whatever the transcript.
  private static final Set<String> started = new TreeSet<>();

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();

  @BeforeEach
  void prepare() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home"));
    environment.put("MODELS_PATH", folder.resolve("models").toString());
    environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    environment.put("DOCKER_CONFIG", home.resolve(".docker").toString());
    environment.put("SOURCE_DATE_EPOCH", "1700000000");
    environment.put("HTTPS_PROXY", "http://localhost:1");
    environment.put("JMR_EMBEDDED", "1");
    environment.put("MODEL_RUNNER_LOG_DIR", folder.resolve("logs").toString());
    environment.put("COLUMNS", "80");
    names.put("$FOLDER", folder.toString());
    names.put("$LLAMA3", Jmr.LLAMA3);
    names.put("$BERT", Jmr.BERT);
    names.put("$Q4", Jmr.Q4_K_M);
    names.put("$F16", Jmr.SPM);
    Files.writeString(folder.resolve("text.txt"), "The answer is in the text. ".repeat(40));
    Files.writeString(folder.resolve("chat.jinja"), TestModels.CHATML);
  }

  private List<String> command(List<String> words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (words.stream().limit(1).anyMatch(COMPUTING::contains)) {
      command.addAll(JvmFlags.read());
      command.add("-Xshare:auto");
    } else {
      command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    }
    command.addAll(List.of("-Duser.home=" + folder.resolve("home"), "-jar", JAR.toString()));
    words.forEach(word -> command.add(withValues(word)));
    return command;
  }

  private String withValues(String text) {
    String result = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      result = result.replace(name.getKey(), name.getValue());
    }
    return result;
  }

  private String withNames(String text) {
    String result = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      result = result.replace(name.getValue(), name.getKey());
    }
    return result;
  }

  private ProcessBuilder process(List<String> words) {
    ProcessBuilder builder = new ProcessBuilder(command(words));
    builder.environment().keySet().removeIf(name -> name.startsWith("MODEL_RUNNER"));
    builder.environment().remove("TORNADOVM_HOME");
    builder.environment().putAll(environment);
    return builder;
  }

  /// As a process if it is the first of its kind, else in this JVM, which prints the same.
  private Jmr.Result run(List<String> words) throws Exception {
    String command = words.isEmpty() ? "" : words.getFirst();
    if (started.add(command) || command.equals("docker")) {
      return start(words);
    }
    String[] line = words.stream().map(this::withValues).toArray(String[]::new);
    Jmr.Result result = Jmr.run("", environment, line);
    return new Jmr.Result(result.code(), withNames(result.out()), withNames(result.err()));
  }

  private Jmr.Result start(List<String> words) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        process(words).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    assertThat(process.waitFor(100, TimeUnit.SECONDS)).as("%s ends", words).isTrue();
    return new Jmr.Result(
        process.exitValue(),
        withNames(Files.readString(out)),
        withNames(Files.readString(err).replaceFirst("WARNING: Using incubator modules.*\n", "")));
  }

  private static Path transcript(String name) {
    return Path.of("src", "test", "resources", "transcripts", name + ".txt");
  }

  private Stream<DynamicTest> steps(String name) throws IOException {
    Files.createDirectories(ACTUAL);
    Path actual = ACTUAL.resolve(name + ".txt");
    Files.deleteIfExists(actual);
    return Transcript.read(transcript(name)).steps().stream()
        .map(step ->
            DynamicTest.dynamicTest(
                "jmr " + step.line(),
                () -> {
                  List<String> lines = Transcript.lines(run(step.words()));
                  append(actual, step.line(), lines);
                  if (!step.matches(lines)) {
                    assertThat(lines).as("jmr %s", step.line()).isEqualTo(step.told());
                  }
                }));
  }

  private static void append(Path actual, String line, List<String> told) throws IOException {
    String text = "$ jmr " + line + "\n" + String.join("\n", told) + (told.isEmpty() ? "" : "\n");
    Files.writeString(
        actual,
        text + "\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  @TestFactory
  Stream<DynamicTest> aStoreIsKept() throws IOException {
    return steps("store");
  }

  @TestFactory
  Stream<DynamicTest> modelsAreLookedIntoAndMeasured() throws IOException {
    return steps("models");
  }

  @TestFactory
  Stream<DynamicTest> commandsAreUsedWrongly() throws IOException {
    return steps("usage");
  }

  @TestFactory
  Stream<DynamicTest> nothingElseIsNeeded() throws IOException {
    return steps("alone");
  }

  @TestFactory
  Stream<DynamicTest> aServerIsAsked() throws Exception {
    assumeThat(Path.of("/bin/kill")).as("a kill command to send the signal with").exists();
    ProcessBuilder builder = process(List.of("serve", "--port", "0"));
    if (Files.exists(Path.of("/proc"))) {
      builder.command().addAll(0, List.of("env", "--default-signal=INT"));
    }
    Process serve = builder.start();
    BufferedReader err = serve.errorReader();
    String line = err.lines().filter(each -> each.startsWith(SERVES)).findFirst().orElseThrow();
    String address = line.substring(SERVES.length());
    environment.remove("JMR_EMBEDDED");
    environment.put("MODEL_RUNNER_HOST", address);
    names.put("$PORT", address.replaceAll(".*:", ""));
    return Stream.concat(
            steps("server"),
            Stream.of(
                DynamicTest.dynamicTest(
                    "Ctrl-C ends the server", () -> assertThat(interrupted(serve)).isEqualTo(130))))
        .onClose(serve::destroy);
  }

  private static int interrupted(Process process) throws Exception {
    new ProcessBuilder("/bin/kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Test
  void everyCommandIsThere() throws IOException {
    Set<String> shown = new TreeSet<>();
    for (String name : List.of("store", "models", "usage", "alone", "server")) {
      Transcript.read(transcript(name)).steps().stream()
          .filter(step -> !step.told().contains("[2]"))
          .forEach(step -> step.words().stream().limit(1).forEach(shown::add));
    }
    shown.add("serve");
    assertThat(shown).containsAll(RegistrationTest.commands());
  }
}
