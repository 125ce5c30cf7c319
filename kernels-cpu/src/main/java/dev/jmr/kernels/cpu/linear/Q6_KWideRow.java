package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.INTS;
import static dev.jmr.kernels.cpu.vector.Lanes.LITTLE;
import static dev.jmr.kernels.cpu.vector.Lanes.SHORT;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/// Rows of Q6_K times a row of activations with vectors of 16 lanes, each row in one pass: the sixteen scales of a
/// super-block fill one vector, the lower bits of each half one, the upper pairs of both halves one.
///
/// Numbers become floats, and are written out, as in [Q4_KWideRow]; all are moved to bit 17, with a
/// shift each: of logic upon logic C2 makes more instructions than are needed.
final class Q6_KWideRow {
  private static final int BLOCK = KQuantKernel.BLOCK;
  private static final int SUB_BLOCK = 16;
  static final int PLACE = 17;
  static final int ONE = Float.floatToRawIntBits(1);
  static final int HIGH_NIBBLES = 0xF0F0F0F0;

  /// The eight ints of pairs of a half serve both halves of its vector of nibbles, whose second takes the next higher pair.
  static final VectorShuffle<Integer> FIRST_HALF = VectorShuffle.fromOp(INTS, lane -> lane % 8);

  static final VectorShuffle<Integer> SECOND_HALF =
      VectorShuffle.fromOp(INTS, lane -> 8 + lane % 8);
  static final IntVector PAIR_SHIFT =
      IntVector.fromArray(INTS, new int[] {0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2}, 0);

  static final VectorShuffle<Float> LOW_0 = quarters(0);
  static final VectorShuffle<Float> HIGH_0 = quarters(4);
  static final VectorShuffle<Float> LOW_1 = quarters(8);
  static final VectorShuffle<Float> HIGH_1 = quarters(12);

  private Q6_KWideRow() {}

  private static VectorShuffle<Float> quarters(int first) {
    return VectorShuffle.fromOp(FLOATS, lane -> first + lane / 4);
  }

  /// The kernel's order: `source` scaled; then a sum for each scale, against the ones and the zero point of 32.
  static ActivationOrder order(int[] source) {
    float[] scale = new float[BLOCK];
    int[] columns = new int[BLOCK / SUB_BLOCK];
    float[] factors = new float[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      scale[i] = Math.scalb(1f, 23 - PLACE);
      factors[i] = -scale[i] - 32;
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
    IntVector rest = IntVector.broadcast(INTS, ~(0x3F << PLACE));
    IntVector highNibbles = IntVector.broadcast(INTS, HIGH_NIBBLES);
    int sums = at + blocks * BLOCK;
    for (int r = 0; r < rowCount; r++) {
      int row = first + r * rowBytes;
      FloatVector low = FloatVector.zero(FLOATS);
      FloatVector high = FloatVector.zero(FLOATS);
      FloatVector common = FloatVector.zero(FLOATS);
      for (int block = 0; block < blocks; block++) {
        int head = row + block * Q6_KKernel.BLOCK_BYTES;
        int k = at + block * BLOCK;
        IntVector nibbles0 = IntVector.fromMemorySegment(INTS, band, head, LITTLE);
        IntVector nibbles1 = IntVector.fromMemorySegment(INTS, band, head + 64, LITTLE);
        IntVector pairs = IntVector.fromMemorySegment(INTS, band, head + Q6_KKernel.PAIRS, LITTLE);
        FloatVector scales =
            ((FloatVector)
                    ByteVector.fromMemorySegment(
                            ByteVector.SPECIES_128, band, head + Q6_KKernel.SCALE_BYTES, LITTLE)
                        .convertShape(VectorOperators.B2I, INTS, 0)
                        .convert(VectorOperators.I2F, 0))
                .mul(Float.float16ToFloat(band.get(SHORT, head + Q6_KKernel.D)));
        common = scales.fma(FloatVector.fromArray(FLOATS, x, sums + block * 16), common);

        IntVector upper = pairs.rearrange(FIRST_HALF).lanewise(VectorOperators.LSHR, PAIR_SHIFT);
        IntVector q =
            nibbles0.lanewise(
                VectorOperators.BITWISE_BLEND,
                upper.lanewise(VectorOperators.LSHL, 4),
                highNibbles);
        FloatVector a =
            q.lanewise(VectorOperators.LSHL, 17)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .mul(FloatVector.fromArray(FLOATS, x, k));
        a =
            q.lanewise(VectorOperators.LSHL, 9)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 16), a);
        a =
            q.lanewise(VectorOperators.LSHL, 1)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 32), a);
        a =
            q.lanewise(VectorOperators.LSHR, 7)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 48), a);
        q =
            nibbles0
                .lanewise(VectorOperators.LSHR, 4)
                .lanewise(VectorOperators.BITWISE_BLEND, upper, highNibbles);
        FloatVector b =
            q.lanewise(VectorOperators.LSHL, 17)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .mul(FloatVector.fromArray(FLOATS, x, k + 64));
        b =
            q.lanewise(VectorOperators.LSHL, 9)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 80), b);
        b =
            q.lanewise(VectorOperators.LSHL, 1)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 96), b);
        b =
            q.lanewise(VectorOperators.LSHR, 7)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 112), b);
        low = a.fma(scales.rearrange(LOW_0), low);
        high = b.fma(scales.rearrange(HIGH_0), high);

        upper = pairs.rearrange(SECOND_HALF).lanewise(VectorOperators.LSHR, PAIR_SHIFT);
        q =
            nibbles1.lanewise(
                VectorOperators.BITWISE_BLEND,
                upper.lanewise(VectorOperators.LSHL, 4),
                highNibbles);
        a =
            q.lanewise(VectorOperators.LSHL, 17)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .mul(FloatVector.fromArray(FLOATS, x, k + 128));
        a =
            q.lanewise(VectorOperators.LSHL, 9)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 144), a);
        a =
            q.lanewise(VectorOperators.LSHL, 1)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 160), a);
        a =
            q.lanewise(VectorOperators.LSHR, 7)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 176), a);
        q =
            nibbles1
                .lanewise(VectorOperators.LSHR, 4)
                .lanewise(VectorOperators.BITWISE_BLEND, upper, highNibbles);
        b =
            q.lanewise(VectorOperators.LSHL, 17)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .mul(FloatVector.fromArray(FLOATS, x, k + 192));
        b =
            q.lanewise(VectorOperators.LSHL, 9)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 208), b);
        b =
            q.lanewise(VectorOperators.LSHL, 1)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 224), b);
        b =
            q.lanewise(VectorOperators.LSHR, 7)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 240), b);
        low = a.fma(scales.rearrange(LOW_1), low);
        high = b.fma(scales.rearrange(HIGH_1), high);
      }
      out[to + r] = low.add(high).add(common).reduceLanes(VectorOperators.ADD);
    }
  }
}
