package dev.jmr.model.evaluation;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/// Finds out how unexpected tokens were, given the logits before each of them. Owns its threads; for one caller.
final class TokenScorer implements AutoCloseable {
  private final int rowWidth;
  private final int vocabularySize;
  private final int threads;
  private final ExecutorService executor;

  /// @param rowWidth floats from one row of logits to the next
  /// @param vocabularySize tokens that can occur, at most `rowWidth`; what stands behind them in a row is padding
  TokenScorer(int rowWidth, int vocabularySize, int threads) {
    this.rowWidth = rowWidth;
    this.vocabularySize = vocabularySize;
    this.threads = threads;
    this.executor =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name("token-scorer-", 0).daemon().factory());
  }

  /// The negative log-likelihood of each of `count` tokens, in nats.
  ///
  /// @param logits a row for each token
  /// @param targets the tokens, from index `firstTarget` on
  double[] losses(float[] logits, int count, int[] targets, int firstTarget) {
    double[] losses = new double[count];
    List<CompletableFuture<Void>> shares =
        IntStream.range(0, Math.min(threads, count))
            .mapToObj(share ->
                CompletableFuture.runAsync(
                    () -> fill(losses, share, logits, targets, firstTarget), executor))
            .toList();
    shares.forEach(CompletableFuture::join);
    return losses;
  }

  private void fill(double[] losses, int firstRow, float[] logits, int[] targets, int firstTarget) {
    for (int row = firstRow; row < losses.length; row += threads) {
      losses[row] = loss(logits, row * rowWidth, vocabularySize, targets[firstTarget + row]);
    }
  }

  /// The logarithm of the sum of the exponentials of a row, less the logit of `target`; NaN if the row holds one.
  static double loss(float[] logits, int offset, int vocabularySize, int target) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < vocabularySize; i++) {
      max = Math.max(max, logits[offset + i]);
    }
    double sum = 0;
    for (int i = 0; i < vocabularySize; i++) {
      sum += Math.exp((double) logits[offset + i] - max);
    }
    return Math.log(sum) + max - logits[offset + target];
  }

  @Override
  public void close() {
    executor.close();
  }
}
