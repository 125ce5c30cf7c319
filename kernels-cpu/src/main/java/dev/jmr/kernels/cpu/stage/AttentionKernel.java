package dev.jmr.kernels.cpu.stage;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.tensor.backend.KvLayout.PAGE_TOKENS;

import jdk.incubator.vector.FloatVector;

/// One query and one page of keys or values.
final class AttentionKernel {
  private AttentionKernel() {}

  /// `scores[to + j] = scale · Σ query[d] · keys[d, j]` for all positions `j` of a page.
  ///
  /// Two vectors of positions at a time, even and odd `d` summed apart to have independent additions.
  static void score(
      float[] query, int at, float[] keys, int headSize, float scale, float[] scores, int to) {
    int pairs = headSize / 2 * 2;
    for (int j = 0; j < PAGE_TOKENS; j += 2 * COUNT) {
      FloatVector even0 = FloatVector.zero(FLOATS);
      FloatVector even1 = FloatVector.zero(FLOATS);
      FloatVector odd0 = FloatVector.zero(FLOATS);
      FloatVector odd1 = FloatVector.zero(FLOATS);
      for (int d = 0; d < pairs; d += 2) {
        FloatVector q = FloatVector.broadcast(FLOATS, query[at + d]);
        int k = d * PAGE_TOKENS + j;
        even0 = q.fma(FloatVector.fromArray(FLOATS, keys, k), even0);
        even1 = q.fma(FloatVector.fromArray(FLOATS, keys, k + COUNT), even1);
        q = FloatVector.broadcast(FLOATS, query[at + d + 1]);
        odd0 = q.fma(FloatVector.fromArray(FLOATS, keys, k + PAGE_TOKENS), odd0);
        odd1 = q.fma(FloatVector.fromArray(FLOATS, keys, k + PAGE_TOKENS + COUNT), odd1);
      }
      if (pairs < headSize) {
        FloatVector q = FloatVector.broadcast(FLOATS, query[at + pairs]);
        int k = pairs * PAGE_TOKENS + j;
        even0 = q.fma(FloatVector.fromArray(FLOATS, keys, k), even0);
        even1 = q.fma(FloatVector.fromArray(FLOATS, keys, k + COUNT), even1);
      }
      even0.add(odd0).mul(scale).intoArray(scores, to + j);
      even1.add(odd1).mul(scale).intoArray(scores, to + j + COUNT);
    }
  }

  /// `out[to + d] += Σ weights[at + j] · values[j, d]` for the positions `from <= j < end` of a page.
  static void mix(
      float[] weights,
      int at,
      int from,
      int end,
      float[] values,
      int headSize,
      float[] out,
      int to) {
    int d = 0;
    for (; d <= headSize - 4 * COUNT; d += 4 * COUNT) {
      mixFour(weights, at, from, end, values, headSize, d, out, to);
    }
    for (; d <= headSize - COUNT; d += COUNT) {
      FloatVector sum = FloatVector.fromArray(FLOATS, out, to + d);
      for (int j = from; j < end; j++) {
        sum =
            FloatVector.fromArray(FLOATS, values, j * headSize + d)
                .fma(FloatVector.broadcast(FLOATS, weights[at + j]), sum);
      }
      sum.intoArray(out, to + d);
    }
    for (; d < headSize; d++) {
      float sum = out[to + d];
      for (int j = from; j < end; j++) {
        sum = Math.fma(weights[at + j], values[j * headSize + d], sum);
      }
      out[to + d] = sum;
    }
  }

  private static void mixFour(
      float[] weights,
      int at,
      int from,
      int end,
      float[] values,
      int headSize,
      int d,
      float[] out,
      int to) {
    FloatVector sum0 = FloatVector.fromArray(FLOATS, out, to + d);
    FloatVector sum1 = FloatVector.fromArray(FLOATS, out, to + d + COUNT);
    FloatVector sum2 = FloatVector.fromArray(FLOATS, out, to + d + 2 * COUNT);
    FloatVector sum3 = FloatVector.fromArray(FLOATS, out, to + d + 3 * COUNT);
    for (int j = from; j < end; j++) {
      FloatVector w = FloatVector.broadcast(FLOATS, weights[at + j]);
      int k = j * headSize + d;
      sum0 = w.fma(FloatVector.fromArray(FLOATS, values, k), sum0);
      sum1 = w.fma(FloatVector.fromArray(FLOATS, values, k + COUNT), sum1);
      sum2 = w.fma(FloatVector.fromArray(FLOATS, values, k + 2 * COUNT), sum2);
      sum3 = w.fma(FloatVector.fromArray(FLOATS, values, k + 3 * COUNT), sum3);
    }
    sum0.intoArray(out, to + d);
    sum1.intoArray(out, to + d + COUNT);
    sum2.intoArray(out, to + d + 2 * COUNT);
    sum3.intoArray(out, to + d + 3 * COUNT);
  }
}
