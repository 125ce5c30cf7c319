package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.INTS;
import static dev.jmr.kernels.cpu.vector.Lanes.LITTLE;
import static dev.jmr.kernels.cpu.vector.Lanes.LONG;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/// Rows of Q3_K times a row of activations with vectors of 16 lanes, each row in one pass: the sixteen scales of a
/// super-block fill one vector, the lower bits of its numbers one, the third bits half of one.
///
/// Numbers become floats, and are written out, as in [Q4_KWideRow]: made whole in nibbles, then moved, two with one shift, to
/// bits 16 and 20. The ones are blended into them, and there are several rows per call, as in [Q2_KWideRow].
final class Q3_KWideRow {
  private static final int BLOCK = KQuantKernel.BLOCK;
  private static final int SUB_BLOCK = 16;
  private static final int PLACE = 16;
  private static final int ONE = Float.floatToRawIntBits(1);

  /// Where the third bits belong: above the two lower ones, which begin at bit 1 of each nibble. So all that is cut out of
  /// the bytes is shifted first, which C2 needs to make one instruction of a blend: it merges logic with the logic that
  /// uses it, and here into more of it.
  private static final int THIRDS = 0x88888888;

  private static final int HIGH_NIBBLES = 0xF0F0F0F0;

  /// The third bits serve both halves of the vector of lower bits; those of the second half are four bits further up. Turned
  /// like this they are those of bits 1 to 4.
  private static final VectorShuffle<Integer> TWICE = VectorShuffle.fromOp(INTS, lane -> lane % 8);

  private static final IntVector THIRD_TURN =
      ints(31, 31, 31, 31, 31, 31, 31, 31, 3, 3, 3, 3, 3, 3, 3, 3);

  /// The 64 bytes that end with the scales: these are the last three ints, nibbles in two, the pairs above them in
  /// the third.
  private static final int SCALE_INTS = Q3_KKernel.SCALE_BYTES + 12 - 64;

  /// The last eight bytes: two of nibbles, the pairs of the scales, `d`.
  private static final int TAIL = Q3_KKernel.BLOCK_BYTES - 8;

  private static final VectorShuffle<Integer> LOW_INT =
      VectorShuffle.fromOp(INTS, lane -> 13 + lane / 4 % 2);
  private static final IntVector LOW_SHIFT =
      ints(0, 8, 16, 24, 0, 8, 16, 24, 4, 12, 20, 28, 4, 12, 20, 28);

  /// How the pairs are turned right, to begin at bit 4.
  private static final IntVector HIGH_TURN =
      ints(28, 4, 12, 20, 30, 6, 14, 22, 0, 8, 16, 24, 2, 10, 18, 26);

  private static final VectorShuffle<Float> SCALES_0 = PairScaleLanes.run(0);
  private static final VectorShuffle<Float> SCALES_1 = PairScaleLanes.run(1);
  private static final VectorShuffle<Float> SCALES_2 = PairScaleLanes.run(2);
  private static final VectorShuffle<Float> SCALES_3 = PairScaleLanes.run(3);

  private Q3_KWideRow() {}

  private static IntVector ints(int... values) {
    return IntVector.fromArray(INTS, values, 0);
  }

  /// The kernel's order: `source` scaled by place; then a sum for each scale, against the ones and the zero point of 4.
  static ActivationOrder order(int[] source) {
    float[] scale = new float[BLOCK];
    int[] columns = new int[BLOCK / SUB_BLOCK];
    float[] factors = new float[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      scale[i] = Math.scalb(1f, 23 - PLACE - i / 128 * 4);
      factors[source[i]] = -scale[i] - 4;
    }
    for (int i = 0; i < columns.length; i++) {
      columns[i] = i * SUB_BLOCK;
    }
    return ActivationOrder.permuted(source, scale).withSums(columns, factors);
  }

  /// The products of `rowCount` rows from `first` on and the packed activations at `x[at ..]`, to `out[to ..]`.
  static void rowProducts(
      MemorySegment band,
      int first,
      int rowBytes,
      int rowCount,
      int blocks,
      float[] x,
      int at,
      float[] out,
      int to) {
    IntVector one = IntVector.broadcast(INTS, ONE);
    IntVector lower = IntVector.broadcast(INTS, ~(7 << PLACE));
    IntVector upper = IntVector.broadcast(INTS, ~(7 << (PLACE + 4)));
    IntVector thirds = IntVector.broadcast(INTS, THIRDS);
    IntVector highNibbles = IntVector.broadcast(INTS, HIGH_NIBBLES);
    int sums = at + blocks * BLOCK;
    for (int n = 0; n < rowCount; n++) {
      int row = first + n * rowBytes;
      FloatVector even = FloatVector.zero(FLOATS);
      FloatVector odd = FloatVector.zero(FLOATS);
      FloatVector common = FloatVector.zero(FLOATS);
      for (int block = 0; block < blocks; block++) {
        int head = row + block * Q3_KKernel.BLOCK_BYTES;
        int k = at + block * BLOCK;
        IntVector packedScales = IntVector.fromMemorySegment(INTS, band, head + SCALE_INTS, LITTLE);
        long tail = band.get(LONG, head + TAIL);
        FloatVector scales =
            ((FloatVector)
                    IntVector.broadcast(INTS, (int) (tail >>> 16))
                        .lanewise(VectorOperators.ROR, HIGH_TURN)
                        .and(0x30)
                        .or(
                            packedScales
                                .rearrange(LOW_INT)
                                .lanewise(VectorOperators.LSHR, LOW_SHIFT)
                                .and(0xF))
                        .sub(32)
                        .convert(VectorOperators.I2F, 0))
                .mul(Float.float16ToFloat((short) (tail >>> 48)));
        common = scales.fma(FloatVector.fromArray(FLOATS, x, sums + block * 16), common);

        IntVector h =
            IntVector.fromMemorySegment(INTS, band, head, LITTLE)
                .rearrange(TWICE)
                .lanewise(VectorOperators.ROR, THIRD_TURN);
        IntVector packed =
            IntVector.fromMemorySegment(INTS, band, head + Q3_KKernel.NUMBERS, LITTLE);
        h =
            h.lanewise(
                VectorOperators.BITWISE_BLEND, h.lanewise(VectorOperators.LSHL, 2), highNibbles);
        IntVector q =
            packed
                .lanewise(VectorOperators.LSHL, 1)
                .lanewise(
                    VectorOperators.BITWISE_BLEND, h.lanewise(VectorOperators.LSHL, 2), thirds);
        IntVector r = q.lanewise(VectorOperators.LSHL, 15);
        FloatVector a =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, lower)
                .reinterpretAsFloats()
                .mul(FloatVector.fromArray(FLOATS, x, k));
        FloatVector c =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, upper)
                .reinterpretAsFloats()
                .mul(FloatVector.fromArray(FLOATS, x, k + 128));
        r = q.lanewise(VectorOperators.LSHL, 7);
        a =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, lower)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 16), a);
        c =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, upper)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 144), c);
        r = q.lanewise(VectorOperators.LSHR, 1);
        a =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, lower)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 32), a);
        c =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, upper)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 160), c);
        r = q.lanewise(VectorOperators.LSHR, 9);
        a =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, lower)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 48), a);
        c =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, upper)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 176), c);
        q =
            packed
                .lanewise(VectorOperators.LSHR, 1)
                .lanewise(
                    VectorOperators.BITWISE_BLEND, h.lanewise(VectorOperators.LSHL, 1), thirds);
        r = q.lanewise(VectorOperators.LSHL, 15);
        FloatVector b =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, lower)
                .reinterpretAsFloats()
                .mul(FloatVector.fromArray(FLOATS, x, k + 64));
        FloatVector e =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, upper)
                .reinterpretAsFloats()
                .mul(FloatVector.fromArray(FLOATS, x, k + 192));
        r = q.lanewise(VectorOperators.LSHL, 7);
        b =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, lower)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 80), b);
        e =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, upper)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 208), e);
        r = q.lanewise(VectorOperators.LSHR, 1);
        b =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, lower)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 96), b);
        e =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, upper)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 224), e);
        r = q.lanewise(VectorOperators.LSHR, 9);
        b =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, lower)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 112), b);
        e =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, upper)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 240), e);
        even = a.fma(scales.rearrange(SCALES_0), even);
        odd = b.fma(scales.rearrange(SCALES_1), odd);
        even = c.fma(scales.rearrange(SCALES_2), even);
        odd = e.fma(scales.rearrange(SCALES_3), odd);
      }
      out[to + n] = even.add(odd).add(common).reduceLanes(VectorOperators.ADD);
    }
  }
}
