package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.INTS;

import dev.jmr.kernels.cpu.vector.Lanes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/// Decodes and spreads the scales of K-quants in 16 lanes: all scales and minima of a super-block in one vector.
///
/// Only for 512-bit vectors; narrower ones go through [PackedScales] and [ScaleLanes#spread].
final class KScales16 {
  /// The upper half of a vector, at every width.
  static final VectorMask<Float> UPPER_HALF =
      VectorMask.fromLong(FLOATS, (-1L << (Lanes.COUNT / 2)) & ((1L << Lanes.COUNT) - 1));

  /// For lanes 0..7 (scales) and 8..15 (minima): which of the 16 bytes at the head of the block hold the value's low and
  /// high bits, where in them, and how many.
  private static final VectorShuffle<Integer> LOW_BYTE =
      bytes(4, 5, 6, 7, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15);

  private static final IntVector LOW_SHIFT = ints(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 4, 4, 4);
  private static final IntVector LOW_MASK =
      ints(63, 63, 63, 63, 15, 15, 15, 15, 63, 63, 63, 63, 15, 15, 15, 15);
  private static final VectorShuffle<Integer> HIGH_BYTE =
      bytes(0, 0, 0, 0, 4, 5, 6, 7, 0, 0, 0, 0, 8, 9, 10, 11);
  private static final IntVector HIGH_SHIFT = ints(0, 0, 0, 0, 2, 2, 2, 2, 0, 0, 0, 0, 2, 2, 2, 2);
  private static final IntVector HIGH_MASK =
      ints(0, 0, 0, 0, 48, 48, 48, 48, 0, 0, 0, 0, 48, 48, 48, 48);

  private static final VectorShuffle<Float> Q4_LOW_0 = lanes(0, 0, 2, 2);
  private static final VectorShuffle<Float> Q4_HIGH_0 = lanes(1, 1, 3, 3);
  private static final VectorShuffle<Float> Q4_LOW_1 = lanes(4, 4, 6, 6);
  private static final VectorShuffle<Float> Q4_HIGH_1 = lanes(5, 5, 7, 7);

  private static final VectorShuffle<Float> Q6_LOW_0 = lanes(0, 1, 2, 3);
  private static final VectorShuffle<Float> Q6_HIGH_0 = lanes(4, 5, 6, 7);
  private static final VectorShuffle<Float> Q6_LOW_1 = lanes(8, 9, 10, 11);
  private static final VectorShuffle<Float> Q6_HIGH_1 = lanes(12, 13, 14, 15);

  private KScales16() {}

  private static IntVector ints(int... values) {
    return IntVector.fromArray(INTS, values, 0);
  }

  private static VectorShuffle<Integer> bytes(int... indices) {
    return VectorShuffle.fromArray(INTS, wrapped(indices), 0);
  }

  /// Each of four indices for four lanes.
  private static VectorShuffle<Float> lanes(int... indices) {
    int[] all = new int[16];
    for (int i = 0; i < 16; i++) {
      all[i] = indices[i / 4];
    }
    return VectorShuffle.fromArray(FLOATS, wrapped(all), 0);
  }

  /// Keeps this class loadable at narrower widths, where only its mask is used.
  private static int[] wrapped(int[] indices) {
    int[] wrapped = indices.clone();
    for (int i = 0; i < wrapped.length; i++) {
      wrapped[i] %= Lanes.COUNT;
    }
    return wrapped;
  }

  /// [KQuantKernel#spread] of Q4_K.
  static void spreadQ4(
      MemorySegment band,
      int first,
      int count,
      float[] x,
      int sums,
      float[] scratch,
      int to,
      int sum) {
    FloatVector minima = FloatVector.fromArray(FLOATS, scratch, sum);
    for (int block = 0; block < count; block++) {
      int at = first + block * 144;
      IntVector head = Lanes.unsignedBytes(band, at);
      IntVector low =
          head.rearrange(LOW_BYTE).lanewise(VectorOperators.LSHR, LOW_SHIFT).and(LOW_MASK);
      IntVector high =
          head.rearrange(HIGH_BYTE).lanewise(VectorOperators.LSHR, HIGH_SHIFT).and(HIGH_MASK);
      FloatVector factors =
          FloatVector.broadcast(FLOATS, Lanes.half(band, at))
              .blend(Lanes.half(band, at + 2), UPPER_HALF);
      FloatVector scales = Lanes.toFloats(low.or(high)).mul(factors);
      minima = scales.fma(FloatVector.fromArray(FLOATS, x, sums + block * 16), minima);
      int lanes = to + block * ScaleLanes.LENGTH;
      scales.rearrange(Q4_LOW_0).intoArray(scratch, lanes);
      scales.rearrange(Q4_HIGH_0).intoArray(scratch, lanes + 16);
      scales.rearrange(Q4_LOW_1).intoArray(scratch, lanes + 32);
      scales.rearrange(Q4_HIGH_1).intoArray(scratch, lanes + 48);
    }
    minima.intoArray(scratch, sum);
  }

  /// [KQuantKernel#spread] of Q6_K.
  static void spreadQ6(
      MemorySegment band,
      int first,
      int count,
      float[] x,
      int sums,
      float[] scratch,
      int to,
      int sum) {
    FloatVector zeros = FloatVector.fromArray(FLOATS, scratch, sum);
    for (int block = 0; block < count; block++) {
      int at = first + block * 210;
      FloatVector scales =
          Lanes.toFloats(Lanes.signedBytes(band, at + 192)).mul(Lanes.half(band, at + 208));
      zeros = scales.fma(FloatVector.fromArray(FLOATS, x, sums + block * 16), zeros);
      int lanes = to + block * ScaleLanes.LENGTH;
      scales.rearrange(Q6_LOW_0).intoArray(scratch, lanes);
      scales.rearrange(Q6_HIGH_0).intoArray(scratch, lanes + 16);
      scales.rearrange(Q6_LOW_1).intoArray(scratch, lanes + 32);
      scales.rearrange(Q6_HIGH_1).intoArray(scratch, lanes + 48);
    }
    zeros.intoArray(scratch, sum);
  }
}
