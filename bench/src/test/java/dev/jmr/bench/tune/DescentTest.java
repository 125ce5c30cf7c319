package dev.jmr.bench.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jmr.bench.run.TestCase;
import dev.jmr.runtime.tuning.Tuning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DescentTest {
  private static final Trial GENERATION = new Trial("generation", List.of(new TestCase(0, 32, 0)));
  private static final Trial PROMPT = new Trial("prompt", List.of(new TestCase(512, 0, 0)));
  private static final List<Tunable> TUNABLES =
      List.of(
          new Tunable("threads", 2, List.of(4, 2, 1), List.of(GENERATION, PROMPT)),
          new Tunable("rows", 96, List.of(96, 192, 288), List.of(PROMPT)),
          new Tunable("bytes", 64, List.of(32, 64, 128), List.of(GENERATION)));

  private final List<String> lines = new ArrayList<>();

  private Descent.Outcome descend(Meter meter) {
    return new Descent(TUNABLES, meter, 5, lines::add).run();
  }

  private static boolean has(Map<String, Integer> values, String name, int value) {
    return values.entrySet().contains(Map.entry(name, value));
  }

  /// A machine whose rates are off by `noise`, both ways, and now and then by a lot.
  private static Meter noisy(int seed, double noise, ToDoubleFunction<Map<String, Integer>> speed) {
    Random random = new Random(seed);
    return (tuning, _) -> {
      double hiccup = random.nextInt(12) == 0 ? 0.7 : 1;
      return speed.applyAsDouble(tuning.values()) * (1 + noise * random.nextGaussian()) * hiccup;
    };
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.005, 0.02, 0.05, 0.2})
  void noiseChangesNothing(double noise) {
    for (int seed = 0; seed < 40; seed++) {
      Descent.Outcome outcome = descend(noisy(seed, noise, _ -> 100));
      assertThat(outcome.tuning()).as("seed %d", seed).isEqualTo(Tuning.NONE);
      assertThat(outcome.gains()).isEmpty();
    }
  }

  @Test
  void findsARealGainInNoise() {
    int found = 0;
    for (int seed = 0; seed < 20; seed++) {
      Meter meter = noisy(seed, 0.01, values -> has(values, "rows", 192) ? 115 : 100);
      found += descend(meter).tuning().equals(new Tuning(Map.of("rows", 192))) ? 1 : 0;
    }
    assertThat(found).isGreaterThanOrEqualTo(18);
  }

  @Test
  void tellsWhatEachSettingBrought() {
    Descent.Outcome outcome =
        descend((tuning, trial) -> {
          double threads = has(tuning.values(), "threads", 4) ? 1.5 : 1;
          double bytes = has(tuning.values(), "bytes", 128) ? 1.1 : 1;
          return 100 * threads * (trial.equals(GENERATION) ? bytes : 1);
        });
    assertThat(outcome.tuning()).isEqualTo(new Tuning(Map.of("threads", 4, "bytes", 128)));
    assertThat(outcome.choices()).extracting(Descent.Choice::value).containsExactly(4, 96, 128);
    assertThat(outcome.choices().getFirst().gain()).isCloseTo(0.5, within(1e-9));
    assertThat(outcome.choices().get(1).gain()).isZero();
    assertThat(outcome.gains().get(GENERATION)).isCloseTo(1.65, within(1e-9));
    assertThat(outcome.gains().get(PROMPT)).isCloseTo(1.5, within(1e-9));
  }

  @Test
  void goesThroughTheSettingsAgainWhenOneChanged() {
    Descent.Outcome outcome =
        descend((tuning, _) ->
            has(tuning.values(), "bytes", 32)
                ? (has(tuning.values(), "threads", 1) ? 130 : 110)
                : (has(tuning.values(), "threads", 1) ? 90 : 100));
    assertThat(outcome.tuning()).isEqualTo(new Tuning(Map.of("threads", 1, "bytes", 32)));
  }

  @Test
  void whatHelpsOneKindOfWorkAndHurtsAnotherIsNotTaken() {
    Descent.Outcome outcome =
        descend((tuning, trial) ->
            has(tuning.values(), "threads", 4) ? (trial.equals(PROMPT) ? 200 : 90) : 100);
    assertThat(outcome.tuning()).isEqualTo(Tuning.NONE);
  }

  @Test
  void aGainThatDoesNotLastIsGivenBack() {
    int[] calls = {0};
    Descent.Outcome outcome =
        descend((tuning, _) -> has(tuning.values(), "rows", 192) && calls[0]++ < 12 ? 120 : 100);
    assertThat(lines).anyMatch(line -> line.contains("rows 192") && line.endsWith(": better"));
    assertThat(outcome.tuning()).isEqualTo(Tuning.NONE);
    assertThat(outcome.choices()).noneMatch(Descent.Choice::changed);
  }

  @Test
  void doesNotWasteTimeOnWhatIsMuchSlower() {
    int[] slow = {0};
    descend((tuning, _) -> {
      slow[0] += has(tuning.values(), "threads", 1) ? 1 : 0;
      return has(tuning.values(), "threads", 1) ? 50 : 100;
    });
    assertThat(slow[0]).isEqualTo(2 * 2);
  }
}
