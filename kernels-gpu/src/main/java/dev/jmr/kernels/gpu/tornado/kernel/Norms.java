package dev.jmr.kernels.gpu.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// What needs a sum over a row, or over a part of it (a unit): a group of [#ITEMS] computes one. Grid: `[units · ITEMS]`.
public final class Norms {
  /// Work items of a group.
  public static final int ITEMS = 32;

  private Norms() {}

  /// Root mean square.
  ///
  /// @param rows which rows there are
  /// @param perRow units of a row
  public static void rms(
      KernelContext context,
      IntArray step,
      FloatArray work,
      FloatArray weight,
      int rows,
      int in,
      int out,
      int size,
      int perRow,
      float epsilon) {
    float[] sums = context.allocateFloatLocalArray(ITEMS);
    int item = context.localIdx;
    int unit = context.groupIdx;
    int there = unit < step.get(rows) * perRow ? 1 : 0;
    float squares = 0f;
    for (int i = item; i < size * there; i += ITEMS) {
      float x = work.get(in + unit * size + i);
      squares += x * x;
    }
    sums[item] = squares;
    context.localBarrier();
    float sum = 0f;
    for (int i = 0; i < ITEMS; i++) {
      sum += sums[i];
    }
    float scale = 1f / TornadoMath.sqrt(sum / size + epsilon);
    for (int i = item; i < size * there; i += ITEMS) {
      work.set(out + unit * size + i, work.get(in + unit * size + i) * scale * weight.get(i));
    }
  }

  /// Mean 0 and variance 1.
  ///
  /// @param biases 1 if there is a bias
  public static void layer(
      KernelContext context,
      IntArray step,
      FloatArray work,
      FloatArray weight,
      FloatArray bias,
      int rows,
      int in,
      int out,
      int size,
      int perRow,
      float epsilon,
      int biases) {
    float[] sums = context.allocateFloatLocalArray(ITEMS);
    int item = context.localIdx;
    int unit = context.groupIdx;
    int there = unit < step.get(rows) * perRow ? 1 : 0;
    float part = 0f;
    for (int i = item; i < size * there; i += ITEMS) {
      part += work.get(in + unit * size + i);
    }
    sums[item] = part;
    context.localBarrier();
    float mean = 0f;
    for (int i = 0; i < ITEMS; i++) {
      mean += sums[i];
    }
    mean = mean / size;
    context.localBarrier();
    float squares = 0f;
    for (int i = item; i < size * there; i += ITEMS) {
      float x = work.get(in + unit * size + i) - mean;
      squares += x * x;
    }
    sums[item] = squares;
    context.localBarrier();
    float sum = 0f;
    for (int i = 0; i < ITEMS; i++) {
      sum += sums[i];
    }
    float scale = 1f / TornadoMath.sqrt(sum / size + epsilon);
    for (int i = item; i < size * there; i += ITEMS) {
      float x = (work.get(in + unit * size + i) - mean) * scale * weight.get(i);
      work.set(out + unit * size + i, biases != 0 ? x + bias.get(i) : x);
    }
  }

  /// By how much elements are above most of their row.
  public static void gaussianTopK(
      KernelContext context,
      IntArray step,
      FloatArray work,
      int rows,
      int in,
      int out,
      int size,
      float deviations) {
    float[] sums = context.allocateFloatLocalArray(ITEMS);
    int item = context.localIdx;
    int unit = context.groupIdx;
    int there = unit < step.get(rows) ? 1 : 0;
    float part = 0f;
    for (int i = item; i < size * there; i += ITEMS) {
      part += work.get(in + unit * size + i);
    }
    sums[item] = part;
    context.localBarrier();
    float mean = 0f;
    for (int i = 0; i < ITEMS; i++) {
      mean += sums[i];
    }
    mean = mean / size;
    context.localBarrier();
    float squares = 0f;
    for (int i = item; i < size * there; i += ITEMS) {
      float x = work.get(in + unit * size + i) - mean;
      squares += x * x;
    }
    sums[item] = squares;
    context.localBarrier();
    float sum = 0f;
    for (int i = 0; i < ITEMS; i++) {
      sum += sums[i];
    }
    float cutoff = mean + deviations * TornadoMath.sqrt(sum / (size - 1));
    for (int i = item; i < size * there; i += ITEMS) {
      work.set(out + unit * size + i, TornadoMath.max(0f, work.get(in + unit * size + i) - cutoff));
    }
  }

  /// Stretches each unit to the length of a row of another value.
  public static void matchLength(
      KernelContext context,
      IntArray step,
      FloatArray work,
      int rows,
      int in,
      int like,
      int out,
      int size,
      int perRow) {
    float[] own = context.allocateFloatLocalArray(ITEMS);
    float[] others = context.allocateFloatLocalArray(ITEMS);
    int item = context.localIdx;
    int unit = context.groupIdx;
    int there = unit < step.get(rows) * perRow ? 1 : 0;
    float a = 0f;
    float b = 0f;
    for (int i = item; i < size * there; i += ITEMS) {
      float x = work.get(in + unit * size + i);
      float y = work.get(like + unit / perRow * size + i);
      a += x * x;
      b += y * y;
    }
    own[item] = a;
    others[item] = b;
    context.localBarrier();
    float sumOfOwn = 0f;
    float sumOfOthers = 0f;
    for (int i = 0; i < ITEMS; i++) {
      sumOfOwn += own[i];
      sumOfOthers += others[i];
    }
    float factor = sumOfOwn > 0f ? TornadoMath.sqrt(sumOfOthers / sumOfOwn) : 0f;
    for (int i = item; i < size * there; i += ITEMS) {
      work.set(out + unit * size + i, work.get(in + unit * size + i) * factor);
    }
  }
}
