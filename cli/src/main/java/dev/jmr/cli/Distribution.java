package dev.jmr.cli;

import java.util.Comparator;
import java.util.stream.IntStream;

/// The next token's distribution: logits, and the probabilities that they stand for.
final class Distribution {
  private final float[] logits;
  private final double max;
  private final double sum;

  /// @param logits one for each token of the vocabulary; not copied
  Distribution(float[] logits) {
    this.logits = logits;
    this.max = IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).max().orElse(0);
    this.sum = IntStream.range(0, logits.length).mapToDouble(i -> Math.exp(logits[i] - max)).sum();
  }

  float logit(int id) {
    return logits[id];
  }

  double probability(int id) {
    return Math.exp(logits[id] - max) / sum;
  }

  /// The likeliest tokens, the likeliest first; the lower id where two are alike.
  int[] top(int count) {
    return IntStream.range(0, logits.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer id) -> -logits[id]))
        .limit(Math.max(0, count))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
