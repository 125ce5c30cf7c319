package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.INTS;
import static dev.jmr.kernels.cpu.vector.Lanes.LITTLE;
import static dev.jmr.kernels.cpu.vector.Lanes.SHORT;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/// A row of Q4_K times a row of activations with vectors of 16 lanes, in one pass: the eight scales and eight minima of a
/// super-block fill one vector, its nibbles two.
///
/// A nibble becomes a float without conversion: or-ed into the mantissa of 1.0 at bit `p` it reads as
/// `1 + nibble · 2^(p-23)`. Activations carry `2^(23-p)`, and sums over them, in the lanes of the scales, take the ones
/// away again. `p` is 16: what cancels costs a few bits; with the shifts saved that 12 would allow it cost four more.
///
/// Everything is written out with calls of the Vector API alone: in a method of this size C2 no longer inlines what is not
/// forced (its node count cut-off), and a vector that crosses a call is boxed.
final class Q4_KWideRow {
  private static final int BLOCK = KQuantKernel.BLOCK;
  private static final int SUB_BLOCK = 32;
  private static final int NIBBLES = 16;

  /// The bit to which every nibble is moved.
  private static final int PLACE = 16;

  private static final int ONE = Float.floatToRawIntBits(1);

  /// For lanes 0..7 (scales) and 8..15 (minima): which of the four ints at the head of the block hold the value's low and
  /// high bits, where in them, and how many.
  private static final VectorShuffle<Integer> LOW_INT =
      shuffle(1, 1, 1, 1, 3, 3, 3, 3, 2, 2, 2, 2, 3, 3, 3, 3);

  private static final IntVector LOW_SHIFT =
      ints(0, 8, 16, 24, 0, 8, 16, 24, 0, 8, 16, 24, 4, 12, 20, 28);
  private static final IntVector LOW_BITS =
      ints(63, 63, 63, 63, 15, 15, 15, 15, 63, 63, 63, 63, 15, 15, 15, 15);
  private static final VectorShuffle<Integer> HIGH_INT =
      shuffle(0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 2, 2, 2, 2);
  private static final IntVector HIGH_SHIFT =
      ints(0, 0, 0, 0, 2, 10, 18, 26, 0, 0, 0, 0, 2, 10, 18, 26);
  private static final IntVector HIGH_BITS =
      ints(0, 0, 0, 0, 48, 48, 48, 48, 0, 0, 0, 0, 48, 48, 48, 48);
  private static final VectorMask<Float> MINIMA = VectorMask.fromLong(FLOATS, 0xFF00);

  private static final VectorShuffle<Float> LOW_0 = halves(0, 2);
  private static final VectorShuffle<Float> HIGH_0 = halves(1, 3);
  private static final VectorShuffle<Float> LOW_1 = halves(4, 6);
  private static final VectorShuffle<Float> HIGH_1 = halves(5, 7);

  private Q4_KWideRow() {}

  private static IntVector ints(int... values) {
    return IntVector.fromArray(INTS, values, 0);
  }

  private static VectorShuffle<Integer> shuffle(int... lanes) {
    return VectorShuffle.fromArray(INTS, lanes, 0);
  }

  private static VectorShuffle<Float> halves(int lower, int upper) {
    return VectorShuffle.fromOp(FLOATS, lane -> lane < 8 ? lower : upper);
  }

  /// The kernel's order: `source` scaled by place; then sums in the lanes of the scales, against the ones, and in those of
  /// the minima.
  static ActivationOrder order(int[] source) {
    float[] scale = new float[BLOCK];
    int[] columns = new int[2 * BLOCK / SUB_BLOCK];
    float[] factors = new float[2 * BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      scale[i] = Math.scalb(1f, 23 - PLACE);
      factors[source[i]] = -scale[i];
      factors[BLOCK + i] = -1;
    }
    for (int i = 0; i < columns.length; i++) {
      columns[i] = i * SUB_BLOCK % BLOCK;
    }
    return ActivationOrder.permuted(source, scale).withSums(columns, factors);
  }

  /// The product of the row at `row` and the packed activations at `x[at ..]`.
  static float rowProduct(MemorySegment band, int row, int blocks, float[] x, int at) {
    FloatVector low = FloatVector.zero(FLOATS);
    FloatVector high = FloatVector.zero(FLOATS);
    FloatVector common = FloatVector.zero(FLOATS);
    IntVector one = IntVector.broadcast(INTS, ONE);
    IntVector bits = IntVector.broadcast(INTS, 0xF << PLACE);
    int sums = at + blocks * BLOCK;
    for (int block = 0; block < blocks; block++) {
      int head = row + block * Q4_KKernel.BLOCK_BYTES;
      int k = at + block * BLOCK;
      IntVector heads = IntVector.fromMemorySegment(INTS, band, head, LITTLE);
      IntVector numbers =
          heads
              .rearrange(LOW_INT)
              .lanewise(VectorOperators.LSHR, LOW_SHIFT)
              .and(LOW_BITS)
              .or(
                  heads
                      .rearrange(HIGH_INT)
                      .lanewise(VectorOperators.LSHR, HIGH_SHIFT)
                      .and(HIGH_BITS));
      FloatVector scales =
          ((FloatVector) numbers.convert(VectorOperators.I2F, 0))
              .mul(
                  FloatVector.broadcast(FLOATS, Float.float16ToFloat(band.get(SHORT, head)))
                      .blend(Float.float16ToFloat(band.get(SHORT, head + 2)), MINIMA));
      common = scales.fma(FloatVector.fromArray(FLOATS, x, sums + block * 16), common);

      IntVector q = IntVector.fromMemorySegment(INTS, band, head + NIBBLES, LITTLE);
      FloatVector a =
          q.lanewise(VectorOperators.LSHL, 16)
              .and(bits)
              .or(one)
              .reinterpretAsFloats()
              .mul(FloatVector.fromArray(FLOATS, x, k));
      FloatVector b =
          q.lanewise(VectorOperators.LSHL, 12)
              .and(bits)
              .or(one)
              .reinterpretAsFloats()
              .mul(FloatVector.fromArray(FLOATS, x, k + 64));
      a =
          q.lanewise(VectorOperators.LSHL, 8)
              .and(bits)
              .or(one)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 16), a);
      b =
          q.lanewise(VectorOperators.LSHL, 4)
              .and(bits)
              .or(one)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 80), b);
      a =
          q.and(bits)
              .or(one)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 32), a);
      b =
          q.lanewise(VectorOperators.LSHR, 4)
              .and(bits)
              .or(one)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 96), b);
      a =
          q.lanewise(VectorOperators.LSHR, 8)
              .and(bits)
              .or(one)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 48), a);
      b =
          q.lanewise(VectorOperators.LSHR, 12)
              .and(bits)
              .or(one)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 112), b);
      low = a.fma(scales.rearrange(LOW_0), low);
      high = b.fma(scales.rearrange(HIGH_0), high);

      q = IntVector.fromMemorySegment(INTS, band, head + NIBBLES + 64, LITTLE);
      a =
          q.lanewise(VectorOperators.LSHL, 16)
              .and(bits)
              .or(one)
              .reinterpretAsFloats()
              .mul(FloatVector.fromArray(FLOATS, x, k + 128));
      b =
          q.lanewise(VectorOperators.LSHL, 12)
              .and(bits)
              .or(one)
              .reinterpretAsFloats()
              .mul(FloatVector.fromArray(FLOATS, x, k + 192));
      a =
          q.lanewise(VectorOperators.LSHL, 8)
              .and(bits)
              .or(one)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 144), a);
      b =
          q.lanewise(VectorOperators.LSHL, 4)
              .and(bits)
              .or(one)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 208), b);
      a =
          q.and(bits)
              .or(one)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 160), a);
      b =
          q.lanewise(VectorOperators.LSHR, 4)
              .and(bits)
              .or(one)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 224), b);
      a =
          q.lanewise(VectorOperators.LSHR, 8)
              .and(bits)
              .or(one)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 176), a);
      b =
          q.lanewise(VectorOperators.LSHR, 12)
              .and(bits)
              .or(one)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 240), b);
      low = a.fma(scales.rearrange(LOW_1), low);
      high = b.fma(scales.rearrange(HIGH_1), high);
    }
    return low.add(high).add(common).reduceLanes(VectorOperators.ADD);
  }
}
