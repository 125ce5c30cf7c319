package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.INT;
import static dev.jmr.kernels.cpu.vector.Lanes.INTS;
import static dev.jmr.kernels.cpu.vector.Lanes.LITTLE;
import static dev.jmr.kernels.cpu.vector.Lanes.SHORT;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/// A row of IQ4_XS times a row of activations with vectors of 16 lanes, in one pass: the codes of a super-block fill two
/// vectors, its eight scales half of one.
///
/// All sixteen levels fit one vector, as floats, and codes choose from them lane by lane. Written out as in [Q4_KWideRow].
final class IQ4_XSWideRow {
  private static final int BLOCK = KQuantKernel.BLOCK;

  private static final IntVector LOW_SHIFT =
      ints(0, 4, 8, 12, 16, 20, 24, 28, 0, 4, 8, 12, 16, 20, 24, 28);

  /// The pairs above them lie in the upper half of the first int; they end at bit 4.
  private static final IntVector HIGH_SHIFT =
      ints(12, 14, 16, 18, 20, 22, 24, 26, 12, 14, 16, 18, 20, 22, 24, 26);

  private static final VectorShuffle<Float> SCALES_0 = quarters(0);
  private static final VectorShuffle<Float> SCALES_1 = quarters(4);

  private IQ4_XSWideRow() {}

  private static IntVector ints(int... values) {
    return IntVector.fromArray(INTS, values, 0);
  }

  private static VectorShuffle<Float> quarters(int first) {
    return VectorShuffle.fromOp(FLOATS, lane -> first + lane / 4);
  }

  /// The product of the row at `row` and the packed activations at `x[at ..]`.
  static float rowProduct(MemorySegment band, int row, int blocks, float[] x, int at) {
    FloatVector low = FloatVector.zero(FLOATS);
    FloatVector high = FloatVector.zero(FLOATS);
    IntVector levels = Codebook16.IQ4_FLOATS;
    for (int block = 0; block < blocks; block++) {
      int head = row + block * IQ4_XSKernel.BLOCK_BYTES;
      int k = at + block * BLOCK;
      FloatVector scales =
          ((FloatVector)
                  IntVector.broadcast(INTS, band.get(INT, head + IQ4_XSKernel.SCALE_BYTES))
                      .lanewise(VectorOperators.LSHR, LOW_SHIFT)
                      .and(0xF)
                      .or(
                          IntVector.broadcast(INTS, band.get(INT, head))
                              .lanewise(VectorOperators.LSHR, HIGH_SHIFT)
                              .and(0x30))
                      .sub(32)
                      .convert(VectorOperators.I2F, 0))
              .mul(Float.float16ToFloat(band.get(SHORT, head)));

      IntVector q = IntVector.fromMemorySegment(INTS, band, head + IQ4_XSKernel.CODES, LITTLE);
      FloatVector a =
          q.selectFrom(levels).reinterpretAsFloats().mul(FloatVector.fromArray(FLOATS, x, k));
      FloatVector b =
          q.lanewise(VectorOperators.LSHR, 4)
              .selectFrom(levels)
              .reinterpretAsFloats()
              .mul(FloatVector.fromArray(FLOATS, x, k + 64));
      a =
          q.lanewise(VectorOperators.LSHR, 8)
              .selectFrom(levels)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 16), a);
      b =
          q.lanewise(VectorOperators.LSHR, 12)
              .selectFrom(levels)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 80), b);
      a =
          q.lanewise(VectorOperators.LSHR, 16)
              .selectFrom(levels)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 32), a);
      b =
          q.lanewise(VectorOperators.LSHR, 20)
              .selectFrom(levels)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 96), b);
      a =
          q.lanewise(VectorOperators.LSHR, 24)
              .selectFrom(levels)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 48), a);
      b =
          q.lanewise(VectorOperators.LSHR, 28)
              .selectFrom(levels)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 112), b);
      low = a.fma(scales.rearrange(SCALES_0), low);
      high = b.fma(scales.rearrange(SCALES_0), high);

      q = IntVector.fromMemorySegment(INTS, band, head + IQ4_XSKernel.CODES + 64, LITTLE);
      a = q.selectFrom(levels).reinterpretAsFloats().mul(FloatVector.fromArray(FLOATS, x, k + 128));
      b =
          q.lanewise(VectorOperators.LSHR, 4)
              .selectFrom(levels)
              .reinterpretAsFloats()
              .mul(FloatVector.fromArray(FLOATS, x, k + 192));
      a =
          q.lanewise(VectorOperators.LSHR, 8)
              .selectFrom(levels)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 144), a);
      b =
          q.lanewise(VectorOperators.LSHR, 12)
              .selectFrom(levels)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 208), b);
      a =
          q.lanewise(VectorOperators.LSHR, 16)
              .selectFrom(levels)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 160), a);
      b =
          q.lanewise(VectorOperators.LSHR, 20)
              .selectFrom(levels)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 224), b);
      a =
          q.lanewise(VectorOperators.LSHR, 24)
              .selectFrom(levels)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 176), a);
      b =
          q.lanewise(VectorOperators.LSHR, 28)
              .selectFrom(levels)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 240), b);
      low = a.fma(scales.rearrange(SCALES_1), low);
      high = b.fma(scales.rearrange(SCALES_1), high);
    }
    return low.add(high).reduceLanes(VectorOperators.ADD);
  }
}
