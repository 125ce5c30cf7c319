package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.linear.Q5_KWideRow.FIFTH;
import static dev.jmr.kernels.cpu.linear.Q5_KWideRow.FIFTH_BITS;
import static dev.jmr.kernels.cpu.linear.Q5_KWideRow.FIFTH_SHIFT;
import static dev.jmr.kernels.cpu.linear.Q5_KWideRow.ONE;
import static dev.jmr.kernels.cpu.linear.Q5_KWideRow.PLACE;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.INTS;
import static dev.jmr.kernels.cpu.vector.Lanes.LITTLE;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// Rows of Q5_K times two rows of activations at once: to [Q5_KWideRow] what [Q4_KWidePair] is to [Q4_KWideRow].
final class Q5_KWidePair {
  private static final int BLOCK = KQuantKernel.BLOCK;

  private Q5_KWidePair() {}

  /// The products of `rowCount` rows from `first` on and two packed tokens.
  static void rowProducts(
      MemorySegment band,
      int first,
      int rowBytes,
      int rowCount,
      int blocks,
      float[] x,
      float[] out,
      TokenPair pair) {
    IntVector one = IntVector.broadcast(INTS, ONE);
    IntVector rest = IntVector.broadcast(INTS, ~(0x1F << PLACE));
    IntVector fifth = IntVector.broadcast(INTS, FIFTH);
    int x0 = pair.x0;
    int x1 = pair.x1;
    int to0 = pair.out0;
    int to1 = pair.out1;
    int sums = blocks * BLOCK;
    for (int n = 0; n < rowCount; n++) {
      int row = first + n * rowBytes;
      FloatVector low0 = FloatVector.zero(FLOATS);
      FloatVector low1 = FloatVector.zero(FLOATS);
      FloatVector high0 = FloatVector.zero(FLOATS);
      FloatVector high1 = FloatVector.zero(FLOATS);
      FloatVector common0 = FloatVector.zero(FLOATS);
      FloatVector common1 = FloatVector.zero(FLOATS);
      for (int block = 0; block < blocks; block++) {
        int head = row + block * Q5_KKernel.BLOCK_BYTES;
        int s = sums + block * 16;
        int k0 = x0 + block * BLOCK;
        int k1 = x1 + block * BLOCK;
        IntVector heads = IntVector.fromMemorySegment(INTS, band, head, LITTLE);
        FloatVector scales = PackedScaleLanes.decode(heads, band, head);
        common0 = scales.fma(FloatVector.fromArray(FLOATS, x, x0 + s), common0);
        common1 = scales.fma(FloatVector.fromArray(FLOATS, x, x1 + s), common1);
        IntVector h = heads.rearrange(FIFTH_BITS).lanewise(VectorOperators.LSHR, FIFTH_SHIFT);
        IntVector nibbles =
            IntVector.fromMemorySegment(INTS, band, head + Q5_KKernel.NIBBLES, LITTLE);
        IntVector q =
            nibbles.lanewise(
                VectorOperators.BITWISE_BLEND, h.lanewise(VectorOperators.LSHL, 4), fifth);
        FloatVector w =
            q.lanewise(VectorOperators.LSHL, 18)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        FloatVector a0 = w.mul(FloatVector.fromArray(FLOATS, x, k0));
        FloatVector a1 = w.mul(FloatVector.fromArray(FLOATS, x, k1));
        w =
            q.lanewise(VectorOperators.LSHL, 10)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 16), a0);
        a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 16), a1);
        w =
            q.lanewise(VectorOperators.LSHL, 2)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 32), a0);
        a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 32), a1);
        w =
            q.lanewise(VectorOperators.LSHR, 6)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 48), a0);
        a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 48), a1);
        w = scales.rearrange(PackedScaleLanes.LOW_0);
        low0 = a0.fma(w, low0);
        low1 = a1.fma(w, low1);
        q =
            nibbles
                .lanewise(VectorOperators.LSHR, 4)
                .lanewise(
                    VectorOperators.BITWISE_BLEND, h.lanewise(VectorOperators.LSHL, 3), fifth);
        w =
            q.lanewise(VectorOperators.LSHL, 18)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.mul(FloatVector.fromArray(FLOATS, x, k0 + 64));
        a1 = w.mul(FloatVector.fromArray(FLOATS, x, k1 + 64));
        w =
            q.lanewise(VectorOperators.LSHL, 10)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 80), a0);
        a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 80), a1);
        w =
            q.lanewise(VectorOperators.LSHL, 2)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 96), a0);
        a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 96), a1);
        w =
            q.lanewise(VectorOperators.LSHR, 6)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 112), a0);
        a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 112), a1);
        w = scales.rearrange(PackedScaleLanes.HIGH_0);
        high0 = a0.fma(w, high0);
        high1 = a1.fma(w, high1);
        nibbles = IntVector.fromMemorySegment(INTS, band, head + Q5_KKernel.NIBBLES + 64, LITTLE);
        q = nibbles.lanewise(VectorOperators.BITWISE_BLEND, h, fifth);
        w =
            q.lanewise(VectorOperators.LSHL, 18)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.mul(FloatVector.fromArray(FLOATS, x, k0 + 128));
        a1 = w.mul(FloatVector.fromArray(FLOATS, x, k1 + 128));
        w =
            q.lanewise(VectorOperators.LSHL, 10)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 144), a0);
        a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 144), a1);
        w =
            q.lanewise(VectorOperators.LSHL, 2)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 160), a0);
        a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 160), a1);
        w =
            q.lanewise(VectorOperators.LSHR, 6)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 176), a0);
        a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 176), a1);
        w = scales.rearrange(PackedScaleLanes.LOW_1);
        low0 = a0.fma(w, low0);
        low1 = a1.fma(w, low1);
        q =
            nibbles
                .lanewise(VectorOperators.LSHR, 4)
                .lanewise(
                    VectorOperators.BITWISE_BLEND, h.lanewise(VectorOperators.LSHR, 1), fifth);
        w =
            q.lanewise(VectorOperators.LSHL, 18)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.mul(FloatVector.fromArray(FLOATS, x, k0 + 192));
        a1 = w.mul(FloatVector.fromArray(FLOATS, x, k1 + 192));
        w =
            q.lanewise(VectorOperators.LSHL, 10)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 208), a0);
        a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 208), a1);
        w =
            q.lanewise(VectorOperators.LSHL, 2)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 224), a0);
        a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 224), a1);
        w =
            q.lanewise(VectorOperators.LSHR, 6)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 240), a0);
        a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 240), a1);
        w = scales.rearrange(PackedScaleLanes.HIGH_1);
        high0 = a0.fma(w, high0);
        high1 = a1.fma(w, high1);
      }
      out[to0 + n] = low0.add(high0).add(common0).reduceLanes(VectorOperators.ADD);
      out[to1 + n] = low1.add(high1).add(common1).reduceLanes(VectorOperators.ADD);
    }
  }
}
