package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.linear.Q6_KWideRow.FIRST_HALF;
import static dev.jmr.kernels.cpu.linear.Q6_KWideRow.HIGH_0;
import static dev.jmr.kernels.cpu.linear.Q6_KWideRow.HIGH_1;
import static dev.jmr.kernels.cpu.linear.Q6_KWideRow.HIGH_NIBBLES;
import static dev.jmr.kernels.cpu.linear.Q6_KWideRow.LOW_0;
import static dev.jmr.kernels.cpu.linear.Q6_KWideRow.LOW_1;
import static dev.jmr.kernels.cpu.linear.Q6_KWideRow.ONE;
import static dev.jmr.kernels.cpu.linear.Q6_KWideRow.PAIR_SHIFT;
import static dev.jmr.kernels.cpu.linear.Q6_KWideRow.PLACE;
import static dev.jmr.kernels.cpu.linear.Q6_KWideRow.SECOND_HALF;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.INTS;
import static dev.jmr.kernels.cpu.vector.Lanes.LITTLE;
import static dev.jmr.kernels.cpu.vector.Lanes.SHORT;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// Rows of Q6_K times two rows of activations at once: to [Q6_KWideRow] what [Q4_KWidePair] is to [Q4_KWideRow].
final class Q6_KWidePair {
  private static final int BLOCK = KQuantKernel.BLOCK;

  private Q6_KWidePair() {}

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
    IntVector rest = IntVector.broadcast(INTS, ~(0x3F << PLACE));
    IntVector highNibbles = IntVector.broadcast(INTS, HIGH_NIBBLES);
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
        int head = row + block * Q6_KKernel.BLOCK_BYTES;
        int s = sums + block * 16;
        int k0 = x0 + block * BLOCK;
        int k1 = x1 + block * BLOCK;
        IntVector nibbles = IntVector.fromMemorySegment(INTS, band, head, LITTLE);
        IntVector pairs = IntVector.fromMemorySegment(INTS, band, head + Q6_KKernel.PAIRS, LITTLE);
        FloatVector scales =
            ((FloatVector)
                    ByteVector.fromMemorySegment(
                            ByteVector.SPECIES_128, band, head + Q6_KKernel.SCALE_BYTES, LITTLE)
                        .convertShape(VectorOperators.B2I, INTS, 0)
                        .convert(VectorOperators.I2F, 0))
                .mul(Float.float16ToFloat(band.get(SHORT, head + Q6_KKernel.D)));
        common0 = scales.fma(FloatVector.fromArray(FLOATS, x, x0 + s), common0);
        common1 = scales.fma(FloatVector.fromArray(FLOATS, x, x1 + s), common1);

        IntVector upper = pairs.rearrange(FIRST_HALF).lanewise(VectorOperators.LSHR, PAIR_SHIFT);
        IntVector q =
            nibbles.lanewise(
                VectorOperators.BITWISE_BLEND,
                upper.lanewise(VectorOperators.LSHL, 4),
                highNibbles);
        FloatVector w =
            q.lanewise(VectorOperators.LSHL, 17)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        FloatVector a0 = w.mul(FloatVector.fromArray(FLOATS, x, k0));
        FloatVector a1 = w.mul(FloatVector.fromArray(FLOATS, x, k1));
        w =
            q.lanewise(VectorOperators.LSHL, 9)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 16), a0);
        a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 16), a1);
        w =
            q.lanewise(VectorOperators.LSHL, 1)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 32), a0);
        a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 32), a1);
        w =
            q.lanewise(VectorOperators.LSHR, 7)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 48), a0);
        a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 48), a1);
        w = scales.rearrange(LOW_0);
        low0 = a0.fma(w, low0);
        low1 = a1.fma(w, low1);
        q =
            nibbles
                .lanewise(VectorOperators.LSHR, 4)
                .lanewise(VectorOperators.BITWISE_BLEND, upper, highNibbles);
        w =
            q.lanewise(VectorOperators.LSHL, 17)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.mul(FloatVector.fromArray(FLOATS, x, k0 + 64));
        a1 = w.mul(FloatVector.fromArray(FLOATS, x, k1 + 64));
        w =
            q.lanewise(VectorOperators.LSHL, 9)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 80), a0);
        a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 80), a1);
        w =
            q.lanewise(VectorOperators.LSHL, 1)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 96), a0);
        a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 96), a1);
        w =
            q.lanewise(VectorOperators.LSHR, 7)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 112), a0);
        a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 112), a1);
        w = scales.rearrange(HIGH_0);
        high0 = a0.fma(w, high0);
        high1 = a1.fma(w, high1);

        nibbles = IntVector.fromMemorySegment(INTS, band, head + 64, LITTLE);
        upper = pairs.rearrange(SECOND_HALF).lanewise(VectorOperators.LSHR, PAIR_SHIFT);
        q =
            nibbles.lanewise(
                VectorOperators.BITWISE_BLEND,
                upper.lanewise(VectorOperators.LSHL, 4),
                highNibbles);
        w =
            q.lanewise(VectorOperators.LSHL, 17)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.mul(FloatVector.fromArray(FLOATS, x, k0 + 128));
        a1 = w.mul(FloatVector.fromArray(FLOATS, x, k1 + 128));
        w =
            q.lanewise(VectorOperators.LSHL, 9)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 144), a0);
        a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 144), a1);
        w =
            q.lanewise(VectorOperators.LSHL, 1)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 160), a0);
        a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 160), a1);
        w =
            q.lanewise(VectorOperators.LSHR, 7)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 176), a0);
        a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 176), a1);
        w = scales.rearrange(LOW_1);
        low0 = a0.fma(w, low0);
        low1 = a1.fma(w, low1);
        q =
            nibbles
                .lanewise(VectorOperators.LSHR, 4)
                .lanewise(VectorOperators.BITWISE_BLEND, upper, highNibbles);
        w =
            q.lanewise(VectorOperators.LSHL, 17)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.mul(FloatVector.fromArray(FLOATS, x, k0 + 192));
        a1 = w.mul(FloatVector.fromArray(FLOATS, x, k1 + 192));
        w =
            q.lanewise(VectorOperators.LSHL, 9)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 208), a0);
        a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 208), a1);
        w =
            q.lanewise(VectorOperators.LSHL, 1)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 224), a0);
        a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 224), a1);
        w =
            q.lanewise(VectorOperators.LSHR, 7)
                .lanewise(VectorOperators.BITWISE_BLEND, one, rest)
                .reinterpretAsFloats();
        a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 240), a0);
        a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 240), a1);
        w = scales.rearrange(HIGH_1);
        high0 = a0.fma(w, high0);
        high1 = a1.fma(w, high1);
      }
      out[to0 + n] = low0.add(high0).add(common0).reduceLanes(VectorOperators.ADD);
      out[to1 + n] = low1.add(high1).add(common1).reduceLanes(VectorOperators.ADD);
    }
  }
}
