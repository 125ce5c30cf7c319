package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.INTS;
import static dev.jmr.kernels.cpu.vector.Lanes.LITTLE;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// Rows of Q4_K times a row of activations with vectors of 16 lanes, each row in one pass: the nibbles of a super-block
/// fill two vectors, its scales and minima one ([PackedScaleLanes]).
///
/// A nibble becomes a float without conversion: put into the mantissa of 1.0 at bit `p` it reads as
/// `1 + nibble · 2^(p-23)`. Activations carry `2^(23-p)`, and sums over them, in the lanes of the scales, take the ones
/// away again. `p` is 16: what cancels costs a few bits; with the shifts saved that 12 would allow it cost four more.
///
/// The ones are blended into the nibbles, not or-ed, and there are several rows per call, as in [Q2_KWideRow].
///
/// Everything is written out with calls of the Vector API alone: in a method of this size C2 no longer inlines what is not
/// forced (its node count cut-off), and a vector that crosses a call is boxed.
final class Q4_KWideRow {
  private static final int BLOCK = KQuantKernel.BLOCK;
  private static final int NIBBLES = 16;

  /// The bit to which every nibble is moved.
  static final int PLACE = 16;

  private static final int ONE = Float.floatToRawIntBits(1);

  private Q4_KWideRow() {}

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
    IntVector rest = IntVector.broadcast(INTS, ~(0xF << PLACE));
    int sums = at + blocks * BLOCK;
    for (int r = 0; r < rowCount; r++) {
      int row = first + r * rowBytes;
      FloatVector low = FloatVector.zero(FLOATS);
      FloatVector high = FloatVector.zero(FLOATS);
      FloatVector common = FloatVector.zero(FLOATS);
      for (int block = 0; block < blocks; block++) {
        int head = row + block * Q4_KKernel.BLOCK_BYTES;
        int k = at + block * BLOCK;
        IntVector heads = IntVector.fromMemorySegment(INTS, band, head, LITTLE);
        FloatVector scales = PackedScaleLanes.decode(heads, band, head);
        common = scales.fma(FloatVector.fromArray(FLOATS, x, sums + block * 16), common);

        IntVector q = IntVector.fromMemorySegment(INTS, band, head + NIBBLES, LITTLE);
        FloatVector a =
            q.lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .mul(FloatVector.fromArray(FLOATS, x, k));
        FloatVector b =
            q.lanewise(VectorOperators.LSHL, 12)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .mul(FloatVector.fromArray(FLOATS, x, k + 64));
        a =
            q.lanewise(VectorOperators.LSHL, 8)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 16), a);
        b =
            q.lanewise(VectorOperators.LSHL, 4)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 80), b);
        a =
            q.lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 32), a);
        b =
            q.lanewise(VectorOperators.LSHR, 4)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 96), b);
        a =
            q.lanewise(VectorOperators.LSHR, 8)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 48), a);
        b =
            q.lanewise(VectorOperators.LSHR, 12)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 112), b);
        low = a.fma(scales.rearrange(PackedScaleLanes.LOW_0), low);
        high = b.fma(scales.rearrange(PackedScaleLanes.HIGH_0), high);

        q = IntVector.fromMemorySegment(INTS, band, head + NIBBLES + 64, LITTLE);
        a =
            q.lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .mul(FloatVector.fromArray(FLOATS, x, k + 128));
        b =
            q.lanewise(VectorOperators.LSHL, 12)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .mul(FloatVector.fromArray(FLOATS, x, k + 192));
        a =
            q.lanewise(VectorOperators.LSHL, 8)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 144), a);
        b =
            q.lanewise(VectorOperators.LSHL, 4)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 208), b);
        a =
            q.lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 160), a);
        b =
            q.lanewise(VectorOperators.LSHR, 4)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 224), b);
        a =
            q.lanewise(VectorOperators.LSHR, 8)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 176), a);
        b =
            q.lanewise(VectorOperators.LSHR, 12)
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
