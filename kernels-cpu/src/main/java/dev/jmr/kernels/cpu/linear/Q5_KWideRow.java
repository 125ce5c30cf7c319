package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.INTS;
import static dev.jmr.kernels.cpu.vector.Lanes.LITTLE;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/// Rows of Q5_K times a row of activations with vectors of 16 lanes, each in one pass: the nibbles of a super-block fill two
/// vectors, its fifth bits half of one.
///
/// Numbers become floats, and are written out, as in [Q4_KWideRow]: made whole in bytes, then moved to bit 18 as in
/// [Q6_KWideRow].
final class Q5_KWideRow {
  private static final int BLOCK = KQuantKernel.BLOCK;
  static final int PLACE = 18;
  static final int ONE = Float.floatToRawIntBits(1);

  /// Where the fifth bits belong.
  static final int FIFTH = 0x10101010;

  /// The fifth bits, behind four ints, serve both halves of a vector of nibbles; those of the second half, whose columns
  /// come 64 later, are two bits further up.
  static final VectorShuffle<Integer> FIFTH_BITS =
      VectorShuffle.fromOp(INTS, lane -> Q5_KKernel.FIFTH_BITS / 4 + lane % 8);

  static final IntVector FIFTH_SHIFT =
      IntVector.fromArray(INTS, new int[] {0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2}, 0);

  private Q5_KWideRow() {}

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
    IntVector rest = IntVector.broadcast(INTS, ~(0x1F << PLACE));
    IntVector fifth = IntVector.broadcast(INTS, FIFTH);
    int sums = at + blocks * BLOCK;
    for (int r = 0; r < rowCount; r++) {
      int row = first + r * rowBytes;
      FloatVector low = FloatVector.zero(FLOATS);
      FloatVector high = FloatVector.zero(FLOATS);
      FloatVector common = FloatVector.zero(FLOATS);
      for (int block = 0; block < blocks; block++) {
        int head = row + block * Q5_KKernel.BLOCK_BYTES;
        int k = at + block * BLOCK;
        IntVector heads = IntVector.fromMemorySegment(INTS, band, head, LITTLE);
        FloatVector scales = PackedScaleLanes.decode(heads, band, head);
        common = scales.fma(FloatVector.fromArray(FLOATS, x, sums + block * 16), common);

        IntVector h = heads.rearrange(FIFTH_BITS).lanewise(VectorOperators.LSHR, FIFTH_SHIFT);
        IntVector nibbles =
            IntVector.fromMemorySegment(INTS, band, head + Q5_KKernel.NIBBLES, LITTLE);
        IntVector q =
            nibbles.lanewise(
                VectorOperators.BITWISE_BLEND, h.lanewise(VectorOperators.LSHL, 4), fifth);
        FloatVector a =
            q.lanewise(VectorOperators.LSHL, 18)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .mul(FloatVector.fromArray(FLOATS, x, k));
        a =
            q.lanewise(VectorOperators.LSHL, 10)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 16), a);
        a =
            q.lanewise(VectorOperators.LSHL, 2)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 32), a);
        a =
            q.lanewise(VectorOperators.LSHR, 6)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 48), a);
        q =
            nibbles
                .lanewise(VectorOperators.LSHR, 4)
                .lanewise(
                    VectorOperators.BITWISE_BLEND, h.lanewise(VectorOperators.LSHL, 3), fifth);
        FloatVector b =
            q.lanewise(VectorOperators.LSHL, 18)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .mul(FloatVector.fromArray(FLOATS, x, k + 64));
        b =
            q.lanewise(VectorOperators.LSHL, 10)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 80), b);
        b =
            q.lanewise(VectorOperators.LSHL, 2)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 96), b);
        b =
            q.lanewise(VectorOperators.LSHR, 6)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 112), b);
        low = a.fma(scales.rearrange(PackedScaleLanes.LOW_0), low);
        high = b.fma(scales.rearrange(PackedScaleLanes.HIGH_0), high);

        nibbles = IntVector.fromMemorySegment(INTS, band, head + Q5_KKernel.NIBBLES + 64, LITTLE);
        q = nibbles.lanewise(VectorOperators.BITWISE_BLEND, h, fifth);
        a =
            q.lanewise(VectorOperators.LSHL, 18)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .mul(FloatVector.fromArray(FLOATS, x, k + 128));
        a =
            q.lanewise(VectorOperators.LSHL, 10)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 144), a);
        a =
            q.lanewise(VectorOperators.LSHL, 2)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 160), a);
        a =
            q.lanewise(VectorOperators.LSHR, 6)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 176), a);
        q =
            nibbles
                .lanewise(VectorOperators.LSHR, 4)
                .lanewise(
                    VectorOperators.BITWISE_BLEND, h.lanewise(VectorOperators.LSHR, 1), fifth);
        b =
            q.lanewise(VectorOperators.LSHL, 18)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .mul(FloatVector.fromArray(FLOATS, x, k + 192));
        b =
            q.lanewise(VectorOperators.LSHL, 10)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 208), b);
        b =
            q.lanewise(VectorOperators.LSHL, 2)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 224), b);
        b =
            q.lanewise(VectorOperators.LSHR, 6)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 240), b);
        low = a.fma(scales.rearrange(PackedScaleLanes.LOW_1), low);
        high = b.fma(scales.rearrange(PackedScaleLanes.HIGH_1), high);
      }
      out[to + r] = low.add(high).add(common).reduceLanes(VectorOperators.ADD);
    }
  }
}
