package dev.jmr.model.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DryTest {
  private static final String[] WORDS = {"a", "b", "c", "d", "end.\n", "x:", ":y", "z"};

  /// After 0 1 2 0 1, the 2 would go on with a repetition of two: 1 * 1.1^0 less, 0.25 / e beside three times 0.25.
  @Test
  void penalizesWhatGoesOnWithARepetition() {
    double[] three = {0.296923, 0.296923, 0.109232, 0.296923};

    assertThat(probabilities(new DryParameters(1, 1.1f, 2, 5, List.of()), 4, 0, 1, 2, 0, 1))
        .containsExactly(three, within(1e-6));
  }

  /// Twice the multiplier: 0.2 / e^2 beside four times 0.2.
  @Test
  void penalizesByTheMultiplier() {
    double[] expected = {0.241818, 0.241818, 0.032727, 0.241818, 0.241818};

    assertThat(probabilities(new DryParameters(2, 1.1f, 2, 5, List.of()), 5, 0, 1, 2, 0, 1))
        .containsExactly(expected, within(1e-6));
  }

  /// A repetition of three, one more than allowed: 1.5^1 less.
  @Test
  void penalizesTheMoreTheLongerTheRepetitionIs() {
    double[] expected = {0.3, 0.3, 0.3, 0.3 * Math.exp(-1.5)};
    double sum = Arrays.stream(expected).sum();
    double[] found =
        probabilities(new DryParameters(1, 1.5f, 2, 64, List.of()), 4, 0, 1, 2, 3, 0, 1, 2);

    assertThat(found)
        .containsExactly(Arrays.stream(expected).map(p -> p / sum).toArray(), within(1e-6));
  }

  @Test
  void leavesShortRepetitionsAndShortTextsAlone() {
    assertThat(probabilities(new DryParameters(1, 1.1f, 4, 7, List.of()), 5, 0, 1, 2, 3, 4, 0, 1))
        .containsOnly(new double[] {0.2}, within(1e-6));
    assertThat(probabilities(new DryParameters(1, 1.1f, 2, 4, List.of()), 4, 0, 1))
        .containsOnly(new double[] {0.25}, within(1e-6));
  }

  @Test
  void looksNoFurtherBackThanAsked() {
    int[] text = {0, 1, 2, 3, 0, 1, 2};

    assertThat(probabilities(new DryParameters(1, 2, 2, 6, List.of()), 4, text)[3]).isLessThan(0.2);
    assertThat(probabilities(new DryParameters(1, 2, 2, 5, List.of()), 4, text))
        .containsOnly(new double[] {0.25}, within(1e-6));
  }

  @Test
  void noRepetitionReachesAcrossABreaker() {
    assertThat(breaking("\n", 0, 4, 2, 3, 0, 4, 2))
        .containsOnly(new double[] {0.125}, within(1e-6));
    assertThat(breaking("\n", 0, 4, 2, 3, 1, 0, 4, 2, 3)[1]).isLessThan(0.1);
    assertThat(breaking(":", 0, 4, 2, 0, 4)[2]).isLessThan(0.1);
  }

  @Test
  void findsBreakersAcrossTokens() {
    assertThat(breaking("dc", 0, 3, 2, 1, 7, 0, 3, 2, 1))
        .containsOnly(new double[] {0.125}, within(1e-6));
    assertThat(breaking("dd", 0, 3, 2, 1, 7, 0, 3, 2, 1)[7]).isLessThan(0.1);
  }

  @Test
  void neverPenalizesATokenThatHoldsABreaker() {
    assertThat(breaking("\n", 0, 1, 4, 0, 1)).containsOnly(new double[] {0.125}, within(1e-6));
  }

  @Test
  void agreesWithItsDefinitionOnRandomTexts() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 300; round++) {
      int[] text = random.ints(random.nextInt(1, 60), 0, 1 + round % 4).toArray();
      int allowed = random.nextInt(0, 4);
      int lastN = random.nextInt(1, 50);
      double[] found = penalties(new DryParameters(1, 1.25f, allowed, lastN, List.of()), 4, text);

      assertThat(found)
          .as("%s, %s of last %s", Arrays.toString(text), allowed, lastN)
          .containsExactly(expected(text, allowed, lastN), within(1e-3));
    }
  }

  /// By trying each earlier end of the repeated sequence.
  private static double[] expected(int[] text, int allowed, int lastN) {
    int[] window = Arrays.copyOfRange(text, Math.max(0, text.length - lastN), text.length);
    double[] penalties = new double[4];
    for (int end = window.length - 1; end > 0 && window.length > allowed; end--) {
      int length = 0;
      while (length < end && window[end - 1 - length] == window[window.length - 1 - length]) {
        length++;
      }
      if (length >= allowed) {
        penalties[window[end]] = Math.max(penalties[window[end]], Math.pow(1.25, length - allowed));
      }
    }
    return penalties;
  }

  private static double[] penalties(DryParameters parameters, int size, int... text) {
    Candidates candidates = apply(parameters, SamplerVocabulary.ofSize(size), text);
    double[] penalties = new double[size];
    for (int i = 0; i < size; i++) {
      penalties[candidates.id(i)] = -candidates.logit(i);
    }
    return penalties;
  }

  private static double[] probabilities(DryParameters parameters, int size, int... text) {
    return LogitRows.probabilities(apply(parameters, SamplerVocabulary.ofSize(size), text), size);
  }

  private static double[] breaking(String breaker, int... text) {
    SamplerVocabulary vocabulary =
        new SamplerVocabulary(WORDS.length, token -> WORDS[token].getBytes(StandardCharsets.UTF_8));
    DryParameters parameters = new DryParameters(1, 1.1f, 2, 64, List.of(breaker));
    return LogitRows.probabilities(apply(parameters, vocabulary, text), WORDS.length);
  }

  private static Candidates apply(
      DryParameters parameters, SamplerVocabulary vocabulary, int... text) {
    Sampler dry =
        Dry.of(SamplingParameters.defaults().withDry(parameters), vocabulary).orElseThrow();
    for (int token : text) {
      dry.accept(token);
    }
    Candidates candidates = new LogitRows.Row("equal", new float[vocabulary.size()]).load();
    dry.apply(candidates);
    return candidates;
  }
}
