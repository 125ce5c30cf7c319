package dev.jmr.kernels.gpu.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// Mixtures of experts: who is chosen, and what the chosen compute. A pair is a token and the n-th of its experts.
public final class Experts {
  /// How logits become weights: [dev.jmr.tensor.graph.ExpertSpec.Gating].
  public static final int SOFTMAX = 0;

  public static final int SIGMOID = 1;
  public static final int SOFTMAX_WEIGHT = 2;

  /// Flag: each pair of a token and an expert has a row of input of its own, not only each token.
  public static final int BY_PAIR = 1;

  /// Flag: the pair's share multiplies the input.
  public static final int WEIGHTED = 2;

  /// Flag: rows are the wanted ones, not all tokens.
  public static final int OUTPUTS = 4;

  /// Flag: shares are divided by their sum.
  public static final int NORM = 8;

  private static final float NOT_ANY_MORE = -1e30f;

  private Experts() {}

  private static int rows(IntArray step, int flags) {
    return step.get((flags & OUTPUTS) != 0 ? StepNumbers.OUTPUT_COUNT : StepNumbers.TOKEN_COUNT);
  }

  /// Chooses the experts of a token; one item for each token. `logits` becomes weights, `scores` is used up.
  ///
  /// @param biases `[2, X]`: what is added to the logits, and to what is chosen by
  /// @param logits `[T, X]`
  /// @param scores `[T, X]` of room
  /// @param shares `[T, used]`, what each of the chosen counts
  /// @param flags [#NORM], [#OUTPUTS]
  public static void route(
      KernelContext context,
      IntArray step,
      FloatArray work,
      FloatArray biases,
      IntArray chosen,
      int logits,
      int scores,
      int shares,
      int experts,
      int used,
      int gating,
      int groups,
      int groupsUsed,
      int flags,
      float scale) {
    int token = context.globalIdx;
    if (token < rows(step, flags)) {
      int l = logits + token * experts;
      int s = scores + token * experts;
      float max = NOT_ANY_MORE;
      for (int x = 0; x < experts; x++) {
        float logit = work.get(l + x) + biases.get(x);
        work.set(l + x, logit);
        max = TornadoMath.max(max, logit);
      }
      float sum = 0f;
      for (int x = 0; x < experts; x++) {
        float logit = work.get(l + x);
        if (gating == SOFTMAX) {
          logit = TornadoMath.exp(logit - max);
          sum += logit;
        }
        if (gating == SIGMOID) {
          logit = 1f / (1f + TornadoMath.exp(-logit));
        }
        work.set(l + x, logit);
      }
      for (int x = 0; x < experts; x++) {
        float weight = gating == SOFTMAX ? work.get(l + x) / sum : work.get(l + x);
        work.set(l + x, weight);
        work.set(s + x, weight + biases.get(experts + x));
      }
      keepGroups(work, s, experts, groups, groupsUsed);
      float total = 0f;
      float largest = NOT_ANY_MORE;
      for (int n = 0; n < used; n++) {
        int best = 0;
        for (int x = 1; x < experts; x++) {
          best = work.get(s + x) > work.get(s + best) ? x : best;
        }
        work.set(s + best, NOT_ANY_MORE);
        chosen.set(token * used + n, best);
        float share = work.get(l + best);
        work.set(shares + token * used + n, share);
        total += share;
        largest = TornadoMath.max(largest, share);
      }
      if (gating > SIGMOID) {
        total = 0f;
        for (int n = 0; n < used; n++) {
          float share = TornadoMath.exp(work.get(shares + token * used + n) - largest);
          work.set(shares + token * used + n, share);
          total += share;
        }
        for (int n = 0; n < used; n++) {
          work.set(shares + token * used + n, work.get(shares + token * used + n) / total);
        }
        total = 1f;
      }
      float factor = (flags & NORM) != 0 ? scale / TornadoMath.max(6.1035156e-5f, total) : scale;
      for (int n = 0; n < used; n++) {
        work.set(shares + token * used + n, work.get(shares + token * used + n) * factor);
      }
    }
  }

  /// Puts experts out of the running that are not in one of the groups whose two best have the largest sum.
  private static void keepGroups(FloatArray work, int s, int experts, int groups, int groupsUsed) {
    int length = experts / groups;
    if (groups > 1) {
      for (int g = 0; g < groups; g++) {
        float own = best2(work, s + g * length, length);
        int better = 0;
        for (int o = 0; o < groups; o++) {
          float other = best2(work, s + o * length, length);
          better += other > own || (other == own && o < g) ? 1 : 0;
        }
        // Marked by a large number taken away: other groups are still compared by what they were.
        if (better >= groupsUsed) {
          for (int i = 0; i < length; i++) {
            work.set(s + g * length + i, work.get(s + g * length + i) - 1e6f);
          }
        }
      }
    }
  }

  private static float best2(FloatArray work, int from, int length) {
    float first = NOT_ANY_MORE;
    float second = NOT_ANY_MORE;
    float marked = work.get(from) < -5e5f ? 1e6f : 0f;
    for (int i = 0; i < length; i++) {
      float value = work.get(from + i) + marked;
      second = TornadoMath.max(second, TornadoMath.min(first, value));
      first = TornadoMath.max(first, value);
    }
    return first + second;
  }

  /// One row of the chosen expert's matrix for one pair. Grid: `[rows · ITEMS, T · used]`.
  ///
  /// @param bias `[X, stacked]`, zero where there is none
  /// @param in `[T, width]`, or `[T · used, width]`
  /// @param out `[T · used, rows]`
  /// @param stacked rows of one expert in the tensor
  /// @param flags [#BY_PAIR], [#WEIGHTED], [#OUTPUTS]
  public static void blocks(
      KernelContext context,
      IntArray step,
      FloatArray work,
      IntArray weight,
      FloatArray bias,
      IntArray chosen,
      int in,
      int width,
      int out,
      int rows,
      int stacked,
      int firstRow,
      int used,
      int flags,
      int shares,
      int type) {
    float[] sums = context.allocateFloatLocalArray(Linear.ITEMS);
    int item = context.localIdx;
    int row = context.groupIdx;
    int pair = context.groupIdy;
    float sum = 0f;
    if (pair < rows(step, flags) * used) {
      int units = width / Blocks.UNIT;
      int at = (chosen.get(pair) * stacked + firstRow + row) * Blocks.rowBytes(type, units);
      int from = in + ((flags & BY_PAIR) != 0 ? pair : pair / used) * width;
      for (int half = item; half < 2 * units; half += Linear.ITEMS) {
        int block = Blocks.block(type, at, half >> 1);
        float scale = Quads.scale(type, weight, block, half);
        float minimum = Quads.minimum(type, weight, block, half, scale);
        for (int quad = 0; quad < 4; quad++) {
          int codes = Quads.codes(type, weight, block, half, quad);
          for (int i = 0; i < 4; i++) {
            float value = scale * Quads.code(type, weight, block, half, quad, codes, i) - minimum;
            sum += value * work.get(from + half * Quads.HALF + quad * 4 + i);
          }
        }
      }
    }
    sums[item] = sum;
    context.localBarrier();
    if (item == 0 && pair < rows(step, flags) * used) {
      float total = 0f;
      for (int i = 0; i < Linear.ITEMS; i++) {
        total += sums[i];
      }
      float factor = (flags & WEIGHTED) != 0 ? work.get(shares + pair) : 1f;
      work.set(
          out + pair * rows + row,
          total * factor
              + bias.get((chosen.get(pair) * stacked + firstRow + row) % bias.getSize()));
    }
  }

  /// The same for a weight of floats.
  public static void floats(
      KernelContext context,
      IntArray step,
      FloatArray work,
      FloatArray weight,
      FloatArray bias,
      IntArray chosen,
      int in,
      int width,
      int out,
      int rows,
      int stacked,
      int firstRow,
      int used,
      int flags,
      int shares) {
    float[] sums = context.allocateFloatLocalArray(Linear.ITEMS);
    int item = context.localIdx;
    int row = context.groupIdx;
    int pair = context.groupIdy;
    float sum = 0f;
    if (pair < rows(step, flags) * used) {
      int at = (chosen.get(pair) * stacked + firstRow + row) * width;
      int from = in + ((flags & BY_PAIR) != 0 ? pair : pair / used) * width;
      for (int i = item; i < width; i += Linear.ITEMS) {
        sum += weight.get(at + i) * work.get(from + i);
      }
    }
    sums[item] = sum;
    context.localBarrier();
    if (item == 0 && pair < rows(step, flags) * used) {
      float total = 0f;
      for (int i = 0; i < Linear.ITEMS; i++) {
        total += sums[i];
      }
      float factor = (flags & WEIGHTED) != 0 ? work.get(shares + pair) : 1f;
      work.set(
          out + pair * rows + row,
          total * factor
              + bias.get((chosen.get(pair) * stacked + firstRow + row) % bias.getSize()));
    }
  }

  /// Adds up what the experts of a token say: `out[t, e] = Σ share · scale · said[pair, e]`; one item for each element.
  ///
  /// @param scales `[X]`, one where there are none
  /// @param flags [#WEIGHTED], where the shares are in what was said already, and [#OUTPUTS]
  public static void combine(
      KernelContext context,
      IntArray step,
      FloatArray work,
      FloatArray scales,
      IntArray chosen,
      int said,
      int shares,
      int out,
      int width,
      int used,
      int flags) {
    int i = context.globalIdx;
    if (i < rows(step, flags) * width) {
      int token = i / width;
      float sum = 0f;
      for (int n = 0; n < used; n++) {
        int pair = token * used + n;
        float share = (flags & WEIGHTED) != 0 ? 1f : work.get(shares + pair);
        sum +=
            share
                * scales.get(chosen.get(pair) % scales.getSize())
                * work.get(said + pair * width + i % width);
      }
      work.set(out + i, sum);
    }
  }
}
