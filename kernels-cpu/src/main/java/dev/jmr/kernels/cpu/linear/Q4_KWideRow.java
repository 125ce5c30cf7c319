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
/// away again. `p` is 15 for low nibbles, 19 for high ones, so that one shift serves both of a byte; what cancels costs a
/// few bits.
///
/// The ones are blended into the nibbles, not or-ed, and there are several rows per call, as in [Q2_KWideRow].
///
/// Everything is written out with calls of the Vector API alone: in a method of this size C2 no longer inlines what is not
/// forced (its node count cut-off), and a vector that crosses a call is boxed.
final class Q4_KWideRow {
  private static final int BLOCK = KQuantKernel.BLOCK;
  private static final int NIBBLES = 16;

  /// The bit to which low nibbles are moved.
  static final int PLACE = 15;

  private static final int ONE = Float.floatToRawIntBits(1);

  private Q4_KWideRow() {}

  /// The kernel's order: `source` scaled by place; then sums against the ones, and for the minima.
  static ActivationOrder order(int[] source) {
    float[] scale = new float[BLOCK];
    float[] factors = new float[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      scale[i] = Math.scalb(1f, 23 - PLACE - i / 64 % 2 * 4);
      factors[source[i]] = -scale[i];
    }
    return PackedScales.order(source, scale, factors);
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
    IntVector rest0 = IntVector.broadcast(INTS, ~(0xF << PLACE));
    IntVector rest1 = IntVector.broadcast(INTS, ~(0xF << (PLACE + 4)));
    int sums = at + blocks * BLOCK;
    for (int n = 0; n < rowCount; n++) {
      int row = first + n * rowBytes;
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
        IntVector r = q.lanewise(VectorOperators.LSHL, 15);
        FloatVector a =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, rest0)
                .reinterpretAsFloats()
                .mul(FloatVector.fromArray(FLOATS, x, k));
        FloatVector b =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, rest1)
                .reinterpretAsFloats()
                .mul(FloatVector.fromArray(FLOATS, x, k + 64));
        r = q.lanewise(VectorOperators.LSHL, 7);
        a =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, rest0)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 16), a);
        b =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, rest1)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 80), b);
        r = q.lanewise(VectorOperators.LSHR, 1);
        a =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, rest0)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 32), a);
        b =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, rest1)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 96), b);
        r = q.lanewise(VectorOperators.LSHR, 9);
        a =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, rest0)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 48), a);
        b =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, rest1)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 112), b);
        low = a.fma(scales.rearrange(PackedScaleLanes.LOW_0), low);
        high = b.fma(scales.rearrange(PackedScaleLanes.HIGH_0), high);

        q = IntVector.fromMemorySegment(INTS, band, head + NIBBLES + 64, LITTLE);
        r = q.lanewise(VectorOperators.LSHL, 15);
        a =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, rest0)
                .reinterpretAsFloats()
                .mul(FloatVector.fromArray(FLOATS, x, k + 128));
        b =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, rest1)
                .reinterpretAsFloats()
                .mul(FloatVector.fromArray(FLOATS, x, k + 192));
        r = q.lanewise(VectorOperators.LSHL, 7);
        a =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, rest0)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 144), a);
        b =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, rest1)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 208), b);
        r = q.lanewise(VectorOperators.LSHR, 1);
        a =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, rest0)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 160), a);
        b =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, rest1)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 224), b);
        r = q.lanewise(VectorOperators.LSHR, 9);
        a =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, rest0)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 176), a);
        b =
            r.lanewise(VectorOperators.BITWISE_BLEND, one, rest1)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 240), b);
        low = a.fma(scales.rearrange(PackedScaleLanes.LOW_1), low);
        high = b.fma(scales.rearrange(PackedScaleLanes.HIGH_1), high);
      }
      out[to + n] = low.add(high).add(common).reduceLanes(VectorOperators.ADD);
    }
  }
}
