package dev.jmr.model.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jmr.model.sample.LogitRows.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PenaltiesTest {
  private static final SamplerVocabulary TEN = SamplerVocabulary.ofSize(10);

  static Stream<Row> rows() {
    return LogitRows.all();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void penalizeWhatIsInTheWindow(Row row) {
    for (int lastN : new int[] {1, 7, 64, -1}) {
      Sampler penalties = penalties(1.3f, lastN, 0.25f, 0.125f, row.logits().length);
      List<Integer> text = new ArrayList<>();
      SplittableRandom random = new SplittableRandom(lastN);
      for (int i = 0; i < 150; i++) {
        int token = random.nextInt(Math.min(row.logits().length, 40));
        penalties.accept(token);
        text.add(token);
      }
      List<Integer> window = lastN < 0 ? text : text.subList(text.size() - lastN, text.size());
      Candidates candidates = row.load();
      penalties.apply(candidates);

      for (int i = 0; i < candidates.size(); i++) {
        int id = candidates.id(i);
        float expected = row.logits()[id];
        if (id < 40 && window.contains(id)) {
          long count = window.stream().filter(token -> token == id).count();
          expected = expected <= 0 ? expected * 1.3f : expected / 1.3f;
          expected -= count * 0.125f + 0.25f;
        }
        if (candidates.logit(i) != expected) {
          assertThat(candidates.logit(i)).as("token %d", id).isCloseTo(expected, within(1e-5f));
        }
      }
    }
  }

  @Test
  void repeatPenaltyDividesPositiveAndMultipliesNegativeLogits() {
    assertThat(penalized(2, 0, 0, 4)).isEqualTo(2);
    assertThat(penalized(2, 0, 0, -4)).isEqualTo(-8);
    assertThat(penalized(2, 0, 0, 0)).isZero();
  }

  @Test
  void presenceCountsOnceAndFrequencyEachTime() {
    assertThat(penalized(1, 0.5f, 0, 4)).isEqualTo(3.5f);
    assertThat(penalized(1, 0, 0.5f, 4)).isEqualTo(2.5f);
    assertThat(penalized(1, -1, 0, 4)).isEqualTo(5);
  }

  @Test
  void stayFiniteWhateverTheirValues() {
    assertThat(penalized(Float.MIN_VALUE, 0, -Float.MAX_VALUE, 4)).isEqualTo(Float.MAX_VALUE);
    assertThat(penalized(Float.MAX_VALUE, 0, Float.MAX_VALUE, -4)).isEqualTo(-Float.MAX_VALUE);
    assertThat(penalized(Float.MIN_VALUE, 0, Float.MAX_VALUE, 4)).isFinite();
  }

  @Test
  void areAbsentWhenTheyChangeNothing() {
    SamplingParameters off = SamplingParameters.defaults();

    assertThat(Penalties.of(off, TEN)).isEmpty();
    assertThat(Penalties.of(off.withPenalties(new PenaltyParameters(1.1f, 0, 1, 1)), TEN))
        .isEmpty();
    assertThat(Penalties.of(off.withPenalties(new PenaltyParameters(1, 64, 0, 0.1f)), TEN))
        .isPresent();
  }

  /// The logit of a token that stands three times in the window.
  private static float penalized(float repeat, float presence, float frequency, float logit) {
    Sampler penalties = penalties(repeat, 5, presence, frequency, 2);
    for (int token : new int[] {0, 1, 0, 1, 1}) {
      penalties.accept(token);
    }
    Candidates candidates = new Row("two", new float[] {0, logit}).load();
    penalties.apply(candidates);
    return candidates.logit(1);
  }

  private static Sampler penalties(
      float repeat, int lastN, float presence, float frequency, int vocabularySize) {
    return Penalties.of(
            SamplingParameters.defaults()
                .withPenalties(new PenaltyParameters(repeat, lastN, presence, frequency)),
            SamplerVocabulary.ofSize(vocabularySize))
        .orElseThrow();
  }
}
