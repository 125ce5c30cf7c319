package dev.jmr.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokenScorerTest {
  @Test
  void equalLogitsShareTheProbability() {
    assertThat(TokenScorer.loss(new float[] {3, 3, 3, 3}, 0, 4, 2))
        .isCloseTo(Math.log(4), within(1e-12));
  }

  @Test
  void largeLogitsDoNotOverflow() {
    assertThat(TokenScorer.loss(new float[] {1e30f, 0, -1e30f}, 0, 3, 0)).isZero();
    assertThat(TokenScorer.loss(new float[] {1000, 900}, 0, 2, 1)).isCloseTo(100, within(1e-9));
  }

  @Test
  void tokensThatAreRuledOutDoNotCount() {
    float[] logits = {1, Float.NEGATIVE_INFINITY, 1};
    assertThat(TokenScorer.loss(logits, 0, 3, 0)).isCloseTo(Math.log(2), within(1e-12));
    assertThat(TokenScorer.loss(logits, 0, 3, 1)).isInfinite();
  }

  @Test
  void aNanAnywhereMakesTheLossNan() {
    assertThat(TokenScorer.loss(new float[] {1, 2, Float.NaN}, 0, 3, 0)).isNaN();
  }

  @Test
  void paddingBehindTheVocabularyDoesNotCount() {
    try (TokenScorer scorer = new TokenScorer(3, 2, 1)) {
      float[] logits = {1, 1, 99, 5, 5, 99};
      assertThat(scorer.losses(logits, 2, new int[] {7, 0, 1}, 1))
          .containsExactly(new double[] {Math.log(2), Math.log(2)}, within(1e-12));
    }
  }

  @Test
  void anyNumberOfThreadsFindsTheSame() {
    SplittableRandom random = new SplittableRandom(7);
    int rows = 33;
    int width = 257;
    float[] logits = new float[rows * width];
    int[] targets = new int[rows];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) random.nextGaussian() * 5;
    }
    for (int i = 0; i < rows; i++) {
      targets[i] = random.nextInt(width);
    }
    for (int threads = 1; threads <= 40; threads += 3) {
      try (TokenScorer scorer = new TokenScorer(width, width, threads)) {
        double[] losses = scorer.losses(logits, rows, targets, 0);
        for (int i = 0; i < rows; i++) {
          assertThat(losses[i]).isEqualTo(TokenScorer.loss(logits, i * width, width, targets[i]));
        }
      }
    }
  }
}
