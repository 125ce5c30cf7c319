package dev.jmr.kernels.cpu.stage;

import static dev.jmr.tensor.backend.KvLayout.PAGE_TOKENS;

import java.util.Arrays;

/// A worker's memory for attention: some queries, their scores over a part of the context, and two results for each:
/// that of the part, and the total of parts.
///
/// A result is a sum of values that are weighted by `e^(score - max)`, with the largest score `max` and the sum of the
/// weights. Results of parts are added in the order of the context, whoever computed them, so that the total is the same
/// however the work was shared.
final class AttentionTile {
  /// Positions of a part: enough for long reads of the cache, few enough to share a context among workers.
  static final int SPAN = 16 * PAGE_TOKENS;

  /// Floats from one query's scores to the next's: not a power of two, which would crowd a few sets of the cache.
  static final int STRIDE = SPAN + 16;

  /// The block's tokens, `[firstToken, endToken)`.
  int firstToken;

  int endToken;

  /// The last position of their sequence in the batch.
  int lastPosition;

  /// The key-value head.
  int head;

  /// Queries: those of the head's group, for each token.
  int count;

  /// The same, padded.
  int rows;

  final float[] keys;
  final float[] values;
  final float[] queries;
  final float[] scores;
  final float[] sums;
  final float[] maxima;
  final float[] weights;
  private final float[] totalSums;
  private final float[] totalMaxima;
  private final float[] totalWeights;

  AttentionTile(AttentionSizes sizes) {
    keys = new float[sizes.keyWidth() * PAGE_TOKENS];
    values = new float[sizes.valueWidth() * PAGE_TOKENS];
    queries = new float[sizes.rows() * sizes.keyWidth()];
    scores = new float[sizes.rows() * STRIDE];
    sums = new float[sizes.rows() * sizes.valueWidth()];
    totalSums = new float[sizes.rows() * sizes.valueWidth()];
    maxima = new float[sizes.rows()];
    weights = new float[sizes.rows()];
    totalMaxima = new float[sizes.rows()];
    totalWeights = new float[sizes.rows()];
  }

  static long floats(AttentionSizes sizes) {
    long widths = (long) sizes.keyWidth() + sizes.valueWidth();
    return widths * PAGE_TOKENS + sizes.rows() * (STRIDE + widths + sizes.valueWidth() + 4);
  }

  /// Keeps a row's scores in columns `[first, last)` between `-cap` and `cap`.
  void softcap(int row, int first, int last, float cap) {
    Softmax.softcap(scores, row * STRIDE + first, row * STRIDE + last, cap);
  }

  /// Makes a row's scores in columns `[first, last)` weights, of which those outside `[from, to)` are 0.
  void weigh(int row, int first, int last, int from, int to) {
    int at = row * STRIDE;
    if (from >= to) {
      Arrays.fill(scores, at + first, at + last, 0);
      weights[row] = 0;
      return;
    }
    Arrays.fill(scores, at + first, at + from, Float.NEGATIVE_INFINITY);
    Arrays.fill(scores, at + to, at + last, Float.NEGATIVE_INFINITY);
    maxima[row] = Softmax.max(scores, at + first, at + last);
    weights[row] = Softmax.exponentials(scores, at + first, at + last, maxima[row]);
  }

  /// Forgets all totals.
  void clearTotals() {
    Arrays.fill(totalWeights, 0);
  }

  /// Adds a part's result to a row's total.
  ///
  /// @param from where the part's sum of values begins in `source`
  /// @param max the part's largest score
  /// @param weight the sum of its weights; 0 if it has no visible position
  void add(int row, int valueLength, float[] source, int from, float max, float weight) {
    if (weight == 0) {
      return;
    }
    int to = row * valueLength;
    if (totalWeights[row] == 0) {
      System.arraycopy(source, from, totalSums, to, valueLength);
      totalMaxima[row] = max;
      totalWeights[row] = weight;
      return;
    }
    float common = Math.max(totalMaxima[row], max);
    float keep = (float) Math.exp(totalMaxima[row] - common);
    float scale = (float) Math.exp(max - common);
    scaleAndAdd(source, from, scale, totalSums, to, keep, valueLength);
    totalMaxima[row] = common;
    totalWeights[row] = totalWeights[row] * keep + weight * scale;
  }

  private static void scaleAndAdd(
      float[] x, int from, float scale, float[] sums, int to, float keep, int count) {
    for (int i = 0; i < count; i++) {
      sums[to + i] = sums[to + i] * keep + x[from + i] * scale;
    }
  }

  /// Adds a score whose value is nothing to a row's total.
  void addSink(int row, float score) {
    totalWeights[row] += (float) Math.exp(score - totalMaxima[row]);
  }

  /// Writes a row's weighted mean of values.
  void mean(int row, int valueLength, float[] out, int to) {
    float factor = 1 / totalWeights[row];
    for (int i = 0; i < valueLength; i++) {
      out[to + i] = totalSums[row * valueLength + i] * factor;
    }
  }
}
