package dev.jmr.kernels.gpu.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// Products of many rows of activations and the rows of a weight, where arithmetic is what takes time: prompts.
///
/// A group computes [#SIDE] rows of the weight for [#SIDE] tokens, an item 4 × 4 of the results. [Blocks#UNIT] columns at a
/// time are decoded and copied to local memory, where each number is read by 8 items. Grid:
/// `[⌈O / SIDE⌉ · ITEMS, ⌈T / SIDE⌉]`.
public final class LinearTile {
  /// Rows and tokens of a group.
  public static final int SIDE = 32;

  /// Work items of a group.
  public static final int ITEMS = 64;

  /// One more than a line has, so that items that write one below the other meet no bank of local memory twice.
  private static final int LINE = SIDE + 1;

  private static final int PART = 8;

  private LinearTile() {}

  /// A weight of one of [Blocks]' types; the arguments are those of [LinearRows#blocks].
  ///
  /// @param headRows a multiple of [#SIDE], or all rows: a group reads one part of the input
  /// @param most rows of the input that are not computed here: those are [LinearRows]' turn
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
    float[] w = context.allocateFloatLocalArray(Blocks.UNIT * LINE);
    float[] x = context.allocateFloatLocalArray(Blocks.UNIT * LINE);
    int item = context.localIdx;
    int across = item % PART;
    int down = item / PART;
    int firstFeature = context.groupIdx * SIDE;
    int firstToken = context.groupIdy * SIDE;
    int count = step.get(rows);
    int units = count > most && firstToken < count ? columns / Blocks.UNIT : 0;
    int feature = firstFeature + item / 2;
    int row = feature * Blocks.rowBytes(type, columns / Blocks.UNIT);
    int from = in + firstFeature / headRows * columns;
    float s00 = 0f;
    float s01 = 0f;
    float s02 = 0f;
    float s03 = 0f;
    float s10 = 0f;
    float s11 = 0f;
    float s12 = 0f;
    float s13 = 0f;
    float s20 = 0f;
    float s21 = 0f;
    float s22 = 0f;
    float s23 = 0f;
    float s30 = 0f;
    float s31 = 0f;
    float s32 = 0f;
    float s33 = 0f;
    // Every group waits here, also one that has nothing to do: then none of its items passes a
    // barrier that others miss.
    context.localBarrier();
    for (int unit = 0; unit < units; unit++) {
      int line = item % 2 * Quads.HALF * LINE + item / 2;
      if (feature < features) {
        int half = 2 * unit + item % 2;
        int block = Blocks.block(type, row, unit);
        float scale = Quads.scale(type, weight, block, half);
        float minimum = Quads.minimum(type, weight, block, half, scale);
        for (int quad = 0; quad < 4; quad++) {
          int codes = Quads.codes(type, weight, block, half, quad);
          for (int i = 0; i < 4; i++) {
            float code = Quads.code(type, weight, block, half, quad, codes, i);
            w[line + (quad * 4 + i) * LINE] = scale * code - minimum;
          }
        }
      } else {
        for (int i = 0; i < Quads.HALF; i++) {
          w[line + i * LINE] = 0f;
        }
      }
      int column = item % Blocks.UNIT;
      for (int t = item / Blocks.UNIT; t < SIDE; t += 2) {
        int token = firstToken + t;
        x[column * LINE + t] =
            token < count ? work.get(from + token * width + unit * Blocks.UNIT + column) : 0f;
      }
      context.localBarrier();
      for (int i = 0; i < Blocks.UNIT; i++) {
        int xs = i * LINE + down;
        int ws = i * LINE + across;
        float x0 = x[xs];
        float x1 = x[xs + PART];
        float x2 = x[xs + 2 * PART];
        float x3 = x[xs + 3 * PART];
        float w0 = w[ws];
        float w1 = w[ws + PART];
        float w2 = w[ws + 2 * PART];
        float w3 = w[ws + 3 * PART];
        s00 += x0 * w0;
        s01 += x0 * w1;
        s02 += x0 * w2;
        s03 += x0 * w3;
        s10 += x1 * w0;
        s11 += x1 * w1;
        s12 += x1 * w2;
        s13 += x1 * w3;
        s20 += x2 * w0;
        s21 += x2 * w1;
        s22 += x2 * w2;
        s23 += x2 * w3;
        s30 += x3 * w0;
        s31 += x3 * w1;
        s32 += x3 * w2;
        s33 += x3 * w3;
      }
      context.localBarrier();
    }
    if (units > 0) {
      int f = firstFeature + across;
      put(work, out, count, features, firstToken + down, f, s00, s01, s02, s03);
      put(work, out, count, features, firstToken + down + PART, f, s10, s11, s12, s13);
      put(work, out, count, features, firstToken + down + 2 * PART, f, s20, s21, s22, s23);
      put(work, out, count, features, firstToken + down + 3 * PART, f, s30, s31, s32, s33);
    }
  }

  /// Four results of a token, [#PART] rows of the weight apart.
  private static void put(
      FloatArray work,
      int out,
      int count,
      int features,
      int token,
      int feature,
      float s0,
      float s1,
      float s2,
      float s3) {
    int at = out + token * features + feature;
    if (token < count) {
      if (feature < features) {
        work.set(at, s0);
      }
      if (feature + PART < features) {
        work.set(at + PART, s1);
      }
      if (feature + 2 * PART < features) {
        work.set(at + 2 * PART, s2);
      }
      if (feature + 3 * PART < features) {
        work.set(at + 3 * PART, s3);
      }
    }
  }
}
