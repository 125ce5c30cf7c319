package dev.jmr.model.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every target with the inputs that once failed, its seeds, and changed seeds: the same ones each time.
@Timeout(300)
class FuzzTest {
  private static final int INPUTS = Integer.getInteger("jmr.fuzz.inputs", 2_000);
  private static final long SEED = Long.getLong("jmr.fuzz.seed", 1);

  static List<FuzzTarget> targets() {
    return FuzzTargets.ALL;
  }

  @ParameterizedTest
  @MethodSource("targets")
  void holdsForInputsThatOnceFailed(FuzzTarget target) throws IOException {
    for (byte[] input : failed(target)) {
      run(target, input);
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void holdsForSeeds(FuzzTarget target) {
    List<byte[]> seeds = target.seeds();
    assertThat(seeds).isNotEmpty();
    seeds.forEach(seed -> run(target, seed));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void holdsForChangedSeeds(FuzzTarget target) {
    Mutator mutator = new Mutator(target.seeds(), target.words(), new SplittableRandom(SEED));
    for (int i = 0; i < INPUTS; i++) {
      run(target, mutator.next());
    }
  }

  @Test
  void targetsHaveDifferentNames() {
    assertThat(targets()).extracting(FuzzTarget::name).doesNotHaveDuplicates();
  }

  private static void run(FuzzTarget target, byte[] input) {
    try {
      target.run(input);
    } catch (RuntimeException | Error e) {
      throw new AssertionError(
          "fuzz target %s: fails for '%s', in base 64 %s; mend it and keep the input under %s"
              .formatted(
                  target.name(),
                  new String(input, StandardCharsets.UTF_8),
                  Base64.getEncoder().encodeToString(input),
                  folder(target)),
          e);
    }
  }

  private static Path folder(FuzzTarget target) {
    return Path.of("src", "test", "resources", "dev", "jmr", "model", "fuzz", target.name());
  }

  private static List<byte[]> failed(FuzzTarget target) throws IOException {
    if (!Files.isDirectory(folder(target))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder(target))) {
      List<Path> sorted = files.sorted().toList();
      List<byte[]> inputs = new java.util.ArrayList<>();
      for (Path file : sorted) {
        inputs.add(Files.readAllBytes(file));
      }
      return inputs;
    }
  }
}
