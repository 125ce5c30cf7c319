package dev.jmr.model.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Targets for as long as one likes, with Jazzer making inputs that reach new code. Asked for by the system property
/// `jmr.fuzz.seconds`, for one target by `jmr.fuzz.target`; Jazzer comes with the Maven profile `fuzz`. It has a process of its
/// own, since it instruments what it runs. What it finds and learns lies under `target/fuzz`.
class GuidedFuzzTest {
  private static final int SECONDS = Integer.getInteger("jmr.fuzz.seconds", 0);
  private static final int LONGEST_INPUT = 8192;

  static List<FuzzTarget> targets() {
    String name = System.getProperty("jmr.fuzz.target", "");
    return name.isEmpty() ? FuzzTargets.ALL : List.of(FuzzTargets.named(name));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void holdsForInputsThatReachNewCode(FuzzTarget target) throws IOException, InterruptedException {
    assumeTrue(SECONDS > 0, "-Djmr.fuzz.seconds does not say how long");
    Path folder = Path.of("target", "fuzz", target.name()).toAbsolutePath();
    write(target, folder);
    Path log = folder.resolve("log");
    Process jazzer =
        new ProcessBuilder(command(target))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(jazzer.waitFor()).as(() -> end(log)).isZero();
  }

  private static void write(FuzzTarget target, Path folder) throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    int number = 0;
    for (byte[] seed : target.seeds()) {
      Files.write(corpus.resolve("seed-" + number++), seed);
    }
    Files.write(
        folder.resolve("words"),
        target.words().stream().map(GuidedFuzzTest::quoted).toList(),
        StandardCharsets.US_ASCII);
  }

  private static String quoted(String word) {
    StringBuilder quoted = new StringBuilder("\"");
    for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
      quoted.append("\\x%02X".formatted(b));
    }
    return quoted.append('"').toString();
  }

  private static List<String> command(FuzzTarget target) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx1500m",
        "-XX:+UseSerialGC",
        "-cp",
        classPath(),
        "com.code_intelligence.jazzer.Jazzer",
        "--target_class=" + Guided.class.getName(),
        "--target_args=" + target.name(),
        "--instrumentation_includes=dev.jmr.**",
        "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.RegexInjection",
        "-max_total_time=" + SECONDS,
        "-max_len=" + LONGEST_INPUT,
        "-timeout=20",
        "-rss_limit_mb=4000",
        "-print_final_stats=1",
        "-dict=words",
        "corpus");
  }

  /// All of ours is on the class path there: Jazzer knows no modules.
  private static String classPath() {
    List<String> paths = new ArrayList<>();
    for (String folder : List.of("test-classes", "classes")) {
      paths.add(Path.of("target", folder).toAbsolutePath().toString());
    }
    for (String name : List.of("java.class.path", "jdk.module.path")) {
      Stream.of(System.getProperty(name, "").split(File.pathSeparator, -1))
          .filter(path -> !path.isEmpty())
          .forEach(paths::add);
    }
    assertThat(paths).as("Jazzer; give Maven -Pfuzz").anyMatch(path -> path.contains("jazzer"));
    return String.join(File.pathSeparator, paths);
  }

  private static String end(Path log) {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    } catch (IOException e) {
      return log + ": " + e.getMessage();
    }
  }
}
