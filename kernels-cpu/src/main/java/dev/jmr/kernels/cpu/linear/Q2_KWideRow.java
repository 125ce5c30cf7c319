package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.INT;
import static dev.jmr.kernels.cpu.vector.Lanes.INTS;
import static dev.jmr.kernels.cpu.vector.Lanes.LITTLE;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/// Rows of Q2_K times a row of activations with vectors of 16 lanes, each row in one pass: the sixteen scales of a
/// super-block fill one vector, its minima one, its numbers one.
///
/// Numbers become floats, and are written out, as in [Q4_KWideRow], but three stay side by side: they are moved to bits 17,
/// 19 and 21, the last a float has for them, with one shift. A fourth at 15 would cost too much of what is left after the
/// ones have cancelled.
///
/// The ones are blended into the numbers, not or-ed: C2 then has `vpternlogd` overwrite the vector of numbers, which after
/// the last of three needs no copy. `d` and `dmin` are read as one int, since every access has its bounds checked in the
/// loop. Those of the activations are checked before it, in as many instructions as two super-blocks take: once for all
/// rows.
final class Q2_KWideRow {
  private static final int BLOCK = KQuantKernel.BLOCK;
  private static final int SUB_BLOCK = 16;
  private static final int PLACE = 17;
  private static final int ONE = Float.floatToRawIntBits(1);

  private static final VectorShuffle<Float> SCALES_0 = PairScaleLanes.run(0);
  private static final VectorShuffle<Float> SCALES_1 = PairScaleLanes.run(1);
  private static final VectorShuffle<Float> SCALES_2 = PairScaleLanes.run(2);
  private static final VectorShuffle<Float> SCALES_3 = PairScaleLanes.run(3);

  private Q2_KWideRow() {}

  /// The kernel's order: `source` scaled by place; then a sum for each scale, against the ones, and one for each minimum.
  static ActivationOrder order(int[] source) {
    float[] scale = new float[BLOCK];
    int[] columns = new int[2 * BLOCK / SUB_BLOCK];
    float[] factors = new float[2 * BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      int field = i / 16 % 4 * 4 + i / 64;
      scale[i] = Math.scalb(1f, 23 - PLACE - field % 3 * 2);
      factors[source[i]] = -scale[i];
      factors[BLOCK + i] = -1;
    }
    for (int i = 0; i < columns.length; i++) {
      columns[i] = i * SUB_BLOCK % BLOCK;
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
    IntVector rest0 = IntVector.broadcast(INTS, ~(3 << PLACE));
    IntVector rest1 = IntVector.broadcast(INTS, ~(3 << (PLACE + 2)));
    IntVector rest2 = IntVector.broadcast(INTS, ~(3 << (PLACE + 4)));
    int sums = at + blocks * BLOCK;
    for (int r = 0; r < rowCount; r++) {
      int row = first + r * rowBytes;
      FloatVector even = FloatVector.zero(FLOATS);
      FloatVector odd = FloatVector.zero(FLOATS);
      FloatVector common = FloatVector.zero(FLOATS);
      FloatVector minimum = FloatVector.zero(FLOATS);
      for (int block = 0; block < blocks; block++) {
        int head = row + block * Q2_KKernel.BLOCK_BYTES;
        int k = at + block * BLOCK;
        IntVector pairs =
            (IntVector)
                ByteVector.fromMemorySegment(ByteVector.SPECIES_128, band, head, LITTLE)
                    .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
        int factors = band.get(INT, head + Q2_KKernel.D);
        FloatVector scales =
            ((FloatVector) pairs.and(0xF).convert(VectorOperators.I2F, 0))
                .mul(Float.float16ToFloat((short) factors));
        FloatVector minima =
            ((FloatVector) pairs.lanewise(VectorOperators.LSHR, 4).convert(VectorOperators.I2F, 0))
                .mul(Float.float16ToFloat((short) (factors >>> 16)));
        common = scales.fma(FloatVector.fromArray(FLOATS, x, sums + block * 32), common);
        minimum = minima.fma(FloatVector.fromArray(FLOATS, x, sums + block * 32 + 16), minimum);

        IntVector packed =
            IntVector.fromMemorySegment(INTS, band, head + Q2_KKernel.NUMBERS, LITTLE);
        IntVector q = packed.lanewise(VectorOperators.LSHL, 17);
        FloatVector a =
            q.lanewise(VectorOperators.BITWISE_BLEND, one, rest0)
                .reinterpretAsFloats()
                .mul(FloatVector.fromArray(FLOATS, x, k));
        FloatVector b =
            q.lanewise(VectorOperators.BITWISE_BLEND, one, rest1)
                .reinterpretAsFloats()
                .mul(FloatVector.fromArray(FLOATS, x, k + 64));
        FloatVector c =
            q.lanewise(VectorOperators.BITWISE_BLEND, one, rest2)
                .reinterpretAsFloats()
                .mul(FloatVector.fromArray(FLOATS, x, k + 128));
        q = packed.lanewise(VectorOperators.LSHL, 11);
        FloatVector d =
            q.lanewise(VectorOperators.BITWISE_BLEND, one, rest0)
                .reinterpretAsFloats()
                .mul(FloatVector.fromArray(FLOATS, x, k + 192));
        a =
            q.lanewise(VectorOperators.BITWISE_BLEND, one, rest1)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 16), a);
        b =
            q.lanewise(VectorOperators.BITWISE_BLEND, one, rest2)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 80), b);
        q = packed.lanewise(VectorOperators.LSHL, 5);
        c =
            q.lanewise(VectorOperators.BITWISE_BLEND, one, rest0)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 144), c);
        d =
            q.lanewise(VectorOperators.BITWISE_BLEND, one, rest1)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 208), d);
        a =
            q.lanewise(VectorOperators.BITWISE_BLEND, one, rest2)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 32), a);
        q = packed.lanewise(VectorOperators.LSHR, 1);
        b =
            q.lanewise(VectorOperators.BITWISE_BLEND, one, rest0)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 96), b);
        c =
            q.lanewise(VectorOperators.BITWISE_BLEND, one, rest1)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 160), c);
        d =
            q.lanewise(VectorOperators.BITWISE_BLEND, one, rest2)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 224), d);
        q = packed.lanewise(VectorOperators.LSHR, 7);
        a =
            q.lanewise(VectorOperators.BITWISE_BLEND, one, rest0)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 48), a);
        b =
            q.lanewise(VectorOperators.BITWISE_BLEND, one, rest1)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 112), b);
        c =
            q.lanewise(VectorOperators.BITWISE_BLEND, one, rest2)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 176), c);
        q = packed.lanewise(VectorOperators.LSHR, 13);
        d =
            q.lanewise(VectorOperators.BITWISE_BLEND, one, rest0)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, k + 240), d);
        even = a.fma(scales.rearrange(SCALES_0), even);
        odd = b.fma(scales.rearrange(SCALES_1), odd);
        even = c.fma(scales.rearrange(SCALES_2), even);
        odd = d.fma(scales.rearrange(SCALES_3), odd);
      }
      out[to + r] = even.add(odd).add(common.add(minimum)).reduceLanes(VectorOperators.ADD);
    }
  }
}
