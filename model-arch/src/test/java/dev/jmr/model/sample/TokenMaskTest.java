package dev.jmr.model.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jmr.model.sample.LogitRows.Row;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenMaskTest {
  static Stream<Row> rows() {
    return LogitRows.all();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void onlyWhatItAllowsIsACandidate(Row row) {
    int size = row.logits().length;
    for (double share : new double[] {0.01, 0.5, 0.99, 1}) {
      SplittableRandom random = new SplittableRandom(size);
      BitSet allowed = new BitSet();
      IntStream.range(0, size + 70)
          .filter(id -> id == 0 || random.nextDouble() < share)
          .forEach(allowed::set);
      TokenMask mask = TokenMask.of(allowed.toLongArray());
      Candidates candidates = new Candidates(size);
      candidates.load(row.logits(), 0, mask);

      assertThat(LogitRows.ids(candidates))
          .isEqualTo(
              IntStream.range(0, size)
                  .filter(id -> allowed.get(id) && row.logits()[id] > Float.NEGATIVE_INFINITY)
                  .toArray());
      assertThat(IntStream.range(0, size).allMatch(id -> mask.allows(id) == allowed.get(id)))
          .isTrue();
    }
  }

  @Test
  void doesNotLookAtWhatIsRuledOut() {
    SamplerChain chain = new SamplerChain(SamplingParameters.defaults(), 3);
    float[] logits = {0, Float.NaN, 1, 2};

    assertThat(chain.sample(logits, 1, TokenMask.of(0b100))).isEqualTo(2);
  }

  @Test
  void saysThatNothingMayCome() {
    SamplerChain chain = new SamplerChain(SamplingParameters.defaults(), 3);

    assertThatExceptionOfType(SamplingException.class)
        .isThrownBy(() -> chain.sample(new float[3], 0, TokenMask.of(0b11000)))
        .withMessage(
            "mask: expected at least one token that may come next and is not at -Infinity, got none"
                + " of 3; what constrains the text has come to a dead end");
  }
}
