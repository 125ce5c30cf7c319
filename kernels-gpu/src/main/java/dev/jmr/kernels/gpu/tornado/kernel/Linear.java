package dev.jmr.kernels.gpu.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// Products of activations and the rows of a weight: `out[t, o] = in[t] · weight[o]`.
///
/// A group of [#ITEMS] computes one row of the weight for [#TOKENS] tokens: each item reads units of the row, all of them
/// add up their sums in local memory. Grid: `[O · ITEMS, ⌈T / TOKENS⌉]`.
public final class Linear {
  /// Work items of a group.
  public static final int ITEMS = 32;

  /// Tokens that a group computes, so that each weight is read once for all of them.
  public static final int TOKENS = 4;

  private Linear() {}

  /// A weight of floats, with any number of columns; of blocks see [LinearRows] and [LinearTile].
  ///
  /// @param rows which rows there are: [StepNumbers#TOKEN_COUNT] or [StepNumbers#OUTPUT_COUNT]
  /// @param width of a row of the input
  /// @param features rows of the weight
  /// @param headRows rows of the weight that read the same part of the input; the next read the next `columns`
  public static void floats(
      KernelContext context,
      IntArray step,
      FloatArray work,
      FloatArray weight,
      int rows,
      int in,
      int width,
      int out,
      int columns,
      int features,
      int headRows) {
    float[] sums = context.allocateFloatLocalArray(ITEMS * TOKENS);
    int item = context.localIdx;
    int feature = context.groupIdx;
    int first = context.groupIdy * TOKENS;
    int count = step.get(rows) - first;
    for (int t = 0; t < TOKENS; t++) {
      float sum = 0f;
      if (t < count) {
        int from = in + (first + t) * width + feature / headRows * columns;
        for (int i = item; i < columns; i += ITEMS) {
          sum += weight.get(feature * columns + i) * work.get(from + i);
        }
      }
      sums[t * ITEMS + item] = sum;
    }
    context.localBarrier();
    if (item < TOKENS && item < count) {
      float sum = 0f;
      for (int i = 0; i < ITEMS; i++) {
        sum += sums[item * ITEMS + i];
      }
      work.set(out + (first + item) * features + feature, sum);
    }
  }
}
