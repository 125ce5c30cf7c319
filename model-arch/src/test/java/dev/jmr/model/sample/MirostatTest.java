package dev.jmr.model.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jmr.model.sample.LogitRows.Row;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MirostatTest {
  /// Surprises 1, 2, 3 and 3 bits.
  private static final double[] HALVES = {0.5, 0.25, 0.125, 0.125};

  /// Twice tau is let through at first.
  @ParameterizedTest
  @CsvSource({"0.2, 1", "0.7, 1", "1.1, 2", "1.6, 4"})
  void versionTwoCutsAboveTheSurpriseThatIsLetThrough(float tau, int kept) {
    Candidates candidates = LogitRows.ofProbabilities(HALVES);
    new MirostatV2(new MirostatParameters(2, tau, 0.1f)).apply(candidates);

    assertThat(candidates.size()).isEqualTo(kept);
  }

  /// mu = 4 - 0.5 * (surprise - 2): after a sure token 5, after one of 10 bits 0.
  @Test
  void lettingThroughMovesAgainstTheError() {
    MirostatV2 mirostat = new MirostatV2(new MirostatParameters(2, 2, 0.5f));

    assertThat(mirostat.maxSurprise() / Math.log(2)).isCloseTo(4, within(1e-9));
    mirostat.drawn(1);
    assertThat(mirostat.maxSurprise() / Math.log(2)).isCloseTo(5, within(1e-9));
    mirostat.drawn(Math.pow(2, -12));
    assertThat(mirostat.maxSurprise() / Math.log(2)).isCloseTo(0, within(1e-9));
  }

  /// A Zipf distribution over 1000 tokens with exponent s = 1.5: k = (0.5 * 2^mu / (1 - 1000^-0.5)) ^ (1 / 1.5), which is
  /// for mu = 6 (32 / 0.96838) ^ (2 / 3) = 10.297.
  @Test
  void versionOneKeepsAsManyAsTheFormulaTells() {
    float[] logits = new float[1000];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (-1.5 * Math.log(i + 1));
    }
    Candidates candidates = new Row("zipf", logits).load();
    new MirostatV1(new MirostatParameters(1, 3, 0.1f), 1000).apply(candidates);

    assertThat(LogitRows.ids(candidates)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void holdTheSurpriseAtTheTarget(int version) {
    float[] logits = new float[2000];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (-1.1 * Math.log(i + 1));
    }
    SplittableRandom random = new SplittableRandom(1);
    float tau = 4;
    SamplerChain chain =
        new SamplerChain(
            SamplingParameters.defaults()
                .withTemperature(1)
                .withMirostat(new MirostatParameters(version, tau, 0.1f))
                .withSeed(random.nextLong() >>> 1),
            logits.length);
    int tokens = 4000;
    double surprise = 0;
    for (int i = 0; i < tokens; i++) {
      int token = chain.sample(logits, 0);
      double p = LogitRows.probabilities(chain.candidates(), logits.length)[token];
      surprise -= Math.log(p) / Math.log(2) / tokens;
    }

    assertThat(surprise).isCloseTo(tau, within(0.15));
  }

  @Test
  void takeThePlaceOfTheOtherSamplers() {
    SamplingParameters parameters =
        SamplingParameters.defaults().withTopK(1).withMirostat(new MirostatParameters(2, 5, 0.1f));

    assertThat(SamplerChain.samplers(parameters, SamplerVocabulary.ofSize(9)))
        .extracting(sampler -> sampler.getClass().getSimpleName())
        .containsExactly("Temperature", "MirostatV2");
  }

  @Test
  void versionOneStandsEqualTokens() {
    for (int size : new int[] {1, 2, 100, 5000}) {
      Candidates candidates = new Row("equal", new float[size]).load();
      new MirostatV1(new MirostatParameters(1, 5, 0.1f), size).apply(candidates);

      assertThat(candidates.size()).as("%s", Arrays.asList(size)).isBetween(1, size);
    }
  }
}
