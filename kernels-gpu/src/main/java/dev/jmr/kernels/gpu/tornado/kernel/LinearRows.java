package dev.jmr.kernels.gpu.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// Products of a few rows of activations and the rows of a weight, where reading the weight is what takes time.
///
/// A group computes [#ROWS] rows of the weight for [#TOKENS] tokens, [#LANES] items each row: an item reads every
/// [#LANES]th half of the row, once for all tokens; sums meet in local memory. Grid:
/// `[⌈O / ROWS⌉ · ITEMS, ⌈T / TOKENS⌉]`.
public final class LinearRows {
  /// Work items for each row of the weight.
  public static final int LANES = 32;

  /// Rows of the weight in a group.
  public static final int ROWS = 2;

  /// Work items of a group.
  public static final int ITEMS = ROWS * LANES;

  /// Tokens of a group.
  public static final int TOKENS = 4;

  private LinearRows() {}

  /// A weight of one of [Blocks]' types.
  ///
  /// @param rows which rows there are: [StepNumbers#TOKEN_COUNT] or [StepNumbers#OUTPUT_COUNT]
  /// @param width of a row of the input
  /// @param columns of the weight: a multiple of 32
  /// @param features rows of the weight
  /// @param headRows rows of the weight that read the same part of the input; the next read the next `columns`
  /// @param most rows of the input that are computed here; where there are more it is [LinearTile]'s turn
  public static void blocks(
      KernelContext context,
      IntArray step,
      FloatArray work,
      IntArray weight,
      int rows,
      int in,
      int width,
      int out,
      int columns,
      int features,
      int headRows,
      int type,
      int most) {
    float[] sums = context.allocateFloatLocalArray(ITEMS * TOKENS);
    int item = context.localIdx;
    int lane = item % LANES;
    int feature = context.groupIdx * ROWS + item / LANES;
    int first = context.groupIdy * TOKENS;
    int all = step.get(rows);
    int count = all <= most && feature < features ? all - first : 0;
    int halves = columns / Quads.HALF;
    int row = feature * Blocks.rowBytes(type, columns / Blocks.UNIT);
    int from = in + first * width + feature / headRows * columns;
    float s0 = 0f;
    float s1 = 0f;
    float s2 = 0f;
    float s3 = 0f;
    if (count == 1) {
      for (int half = lane; half < halves; half += LANES) {
        int block = Blocks.block(type, row, half >> 1);
        float scale = Quads.scale(type, weight, block, half);
        float minimum = Quads.minimum(type, weight, block, half, scale);
        for (int quad = 0; quad < 4; quad++) {
          int codes = Quads.codes(type, weight, block, half, quad);
          for (int i = 0; i < 4; i++) {
            float code = Quads.code(type, weight, block, half, quad, codes, i);
            s0 += (scale * code - minimum) * work.get(from + half * Quads.HALF + quad * 4 + i);
          }
        }
      }
    }
    if (count > 1) {
      // Tokens that are not there read what the first one reads: no branch in the loop.
      int w2 = count > 2 ? 2 * width : 0;
      int w3 = count > 3 ? 3 * width : 0;
      for (int half = lane; half < halves; half += LANES) {
        int block = Blocks.block(type, row, half >> 1);
        float scale = Quads.scale(type, weight, block, half);
        float minimum = Quads.minimum(type, weight, block, half, scale);
        for (int quad = 0; quad < 4; quad++) {
          int codes = Quads.codes(type, weight, block, half, quad);
          for (int i = 0; i < 4; i++) {
            float value = scale * Quads.code(type, weight, block, half, quad, codes, i) - minimum;
            int x = from + half * Quads.HALF + quad * 4 + i;
            s0 += value * work.get(x);
            s1 += value * work.get(x + width);
            s2 += value * work.get(x + w2);
            s3 += value * work.get(x + w3);
          }
        }
      }
    }
    sums[item] = s0;
    sums[ITEMS + item] = s1;
    sums[2 * ITEMS + item] = s2;
    sums[3 * ITEMS + item] = s3;
    context.localBarrier();
    if (lane < TOKENS && lane < count) {
      int begin = lane * ITEMS + item - lane;
      float sum = 0f;
      for (int i = 0; i < LANES; i++) {
        sum += sums[begin + i];
      }
      work.set(out + (first + lane) * features + feature, sum);
    }
  }
}
