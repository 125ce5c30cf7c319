package dev.jmr.model.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class XtcTest {
  private static final double[] FOUR = {0.3, 0.4, 0.1, 0.2};

  @Test
  void leavesOutAllTopChoicesButTheLeastLikely() {
    assertThat(kept(0.09f, 0)).containsExactly(2);
    assertThat(kept(0.19f, 0)).containsExactly(2, 3);
    assertThat(kept(0.29f, 0)).containsExactly(0, 2, 3);
  }

  @Test
  void leavesAllWhereOnlyOneIsATopChoice() {
    assertThat(kept(0.39f, 0)).containsExactly(0, 1, 2, 3);
    assertThat(kept(0.45f, 0)).containsExactly(0, 1, 2, 3);
  }

  @Test
  void leavesAllWhereTooFewWouldBeLeft() {
    assertThat(kept(0.19f, 2)).containsExactly(2, 3);
    assertThat(kept(0.19f, 3)).containsExactly(0, 1, 2, 3);
  }

  @Test
  void happensAsOftenAsItsProbability() {
    int draws = 20_000;
    Sampler xtc = xtc(0.3f, 0.15f, 0);
    int applied = 0;
    for (int i = 0; i < draws; i++) {
      Candidates candidates = LogitRows.ofProbabilities(FOUR);
      xtc.apply(candidates);
      applied += candidates.size() < FOUR.length ? 1 : 0;
    }

    // Four standard deviations of a binomial distribution.
    assertThat(applied / (double) draws).isCloseTo(0.3, within(4 * Math.sqrt(0.3 * 0.7 / draws)));
  }

  @Test
  void findsTopChoicesBeyondTheFirstStep() {
    Candidates candidates = new LogitRows.Row("equal", new float[100]).load();
    xtc(1, 0.01f, 0).apply(candidates);

    assertThat(LogitRows.ids(candidates)).containsExactly(99);
  }

  @Test
  void isAbsentWhereItNeverApplies() {
    SamplerVocabulary vocabulary = SamplerVocabulary.ofSize(4);
    SamplingParameters defaults = SamplingParameters.defaults();

    assertThat(Xtc.of(defaults, vocabulary)).isEmpty();
    assertThat(Xtc.of(defaults.withXtc(new XtcParameters(1, 0.51f)), vocabulary)).isEmpty();
  }

  private static int[] kept(float threshold, int minKeep) {
    Candidates candidates = LogitRows.ofProbabilities(FOUR);
    xtc(1, threshold, minKeep).apply(candidates);
    return LogitRows.sortedIds(candidates);
  }

  private static Sampler xtc(float probability, float threshold, int minKeep) {
    SamplingParameters parameters =
        SamplingParameters.defaults()
            .withXtc(new XtcParameters(probability, threshold))
            .withMinKeep(minKeep)
            .withSeed(11);
    return Xtc.of(parameters, SamplerVocabulary.ofSize(4)).orElseThrow();
  }
}
