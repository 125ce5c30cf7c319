package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.LITTLE;

import dev.jmr.kernels.cpu.vector.Lanes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/// Q5_0: blocks of 22 bytes, a half-precision scale, the 32 fifth bits and 16 bytes of nibbles: the low ones are columns
/// 0..15, the high ones 16..31. `weight = scale · (number - 16)`.
final class Q5_0Kernel extends BlockKernel {
  private static final int BLOCK_BYTES = 22;
  private static final int FIFTH_BITS = 2;
  private static final int CODES = 6;
  private static final int ZERO = 16;

  private static final int SECOND = FourBlocks.second(BLOCK_BYTES);
  private static final ShortVector CODE_BYTES = FourBlocks.selection(BLOCK_BYTES, 0, CODES, 8);
  private static final ShortVector BITS = FourBlocks.selection(BLOCK_BYTES, 0, FIFTH_BITS, 2);
  private static final ShortVector SCALES = FourBlocks.selection(BLOCK_BYTES, 0, 0, 1);

  /// @param four whether four blocks at a time
  Q5_0Kernel(boolean four) {
    super(BLOCK_BYTES, four, four ? FourBlocks.orderWithOnes(ZERO) : OneBlock.order(-ZERO));
  }

  @Override
  float fourProduct(MemorySegment band, int row, int fours, float[] x, int at) {
    return rowProductOfFours(band, row, fours, x, at);
  }

  private static float rowProductOfFours(
      MemorySegment band, int row, int fours, float[] x, int at) {
    FloatVector sum = FloatVector.zero(FLOATS);
    IntVector one = FourBlocks.ONE;
    IntVector bits = FourBlocks.FIVE_BITS;
    int sums = at + fours * FourBlocks.COLUMNS;
    for (int i = 0; i < fours; i++) {
      int block = row + i * (4 * BLOCK_BYTES);
      int k = at + i * FourBlocks.COLUMNS;
      ShortVector first = ShortVector.fromMemorySegment(FourBlocks.SHORTS, band, block, LITTLE);
      ShortVector second =
          ShortVector.fromMemorySegment(FourBlocks.SHORTS, band, block + SECOND, LITTLE);
      IntVector codes = CODE_BYTES.selectFrom(first, second).reinterpretAsInts();
      IntVector fifthBits = BITS.selectFrom(first, second).reinterpretAsInts();
      IntVector low = FourBlocks.lowFives(codes, fifthBits);
      IntVector high = FourBlocks.highFives(codes, fifthBits);
      FloatVector ones = FloatVector.fromArray(FLOATS, x, sums + i * 16);
      FloatVector scales =
          FourBlocks.upperHalves(SCALES.selectFrom(first, second).reinterpretAsInts());
      FloatVector a =
          low.lanewise(VectorOperators.LSHL, 18)
              .and(bits)
              .or(one)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k), ones);
      a =
          high.lanewise(VectorOperators.LSHL, 18)
              .and(bits)
              .or(one)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 16), a);
      a =
          low.lanewise(VectorOperators.LSHL, 10)
              .and(bits)
              .or(one)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 32), a);
      a =
          high.lanewise(VectorOperators.LSHL, 10)
              .and(bits)
              .or(one)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 48), a);
      a =
          low.lanewise(VectorOperators.LSHL, 2)
              .and(bits)
              .or(one)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 64), a);
      a =
          high.lanewise(VectorOperators.LSHL, 2)
              .and(bits)
              .or(one)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 80), a);
      a =
          low.lanewise(VectorOperators.LSHR, 6)
              .and(bits)
              .or(one)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 96), a);
      a =
          high.lanewise(VectorOperators.LSHR, 6)
              .and(bits)
              .or(one)
              .reinterpretAsFloats()
              .fma(FloatVector.fromArray(FLOATS, x, k + 112), a);
      sum = a.fma(scales, sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  @Override
  float oneProduct(MemorySegment band, int row, int blocks, float[] x, int at) {
    return rowProduct(band, row, blocks, x, at);
  }

  private static float rowProduct(MemorySegment band, int row, int blocks, float[] x, int at) {
    FloatVector sum = FloatVector.zero(FLOATS);
    float common = 0;
    int sums = at + blocks * OneBlock.COLUMNS;
    for (int i = 0; i < blocks; i++) {
      int block = row + i * BLOCK_BYTES;
      ByteVector codes = OneBlock.codes(band, block + CODES);
      int fifthBits = band.get(Lanes.INT, block + FIFTH_BITS);
      float scale = Lanes.half(band, block);
      common = Math.fma(scale, x[sums + i], common);
      sum =
          OneBlock.products(
                  OneBlock.lowFives(codes, fifthBits),
                  OneBlock.highFives(codes, fifthBits),
                  x,
                  at + i * OneBlock.COLUMNS)
              .fma(FloatVector.broadcast(FLOATS, scale), sum);
    }
    return sum.reduceLanes(VectorOperators.ADD) + common;
  }

  @Override
  void unpackFours(MemorySegment band, int at, int fours, float[] tile, int to) {
    for (int i = 0; i < fours; i++) {
      int block = at + i * (4 * BLOCK_BYTES);
      ShortVector first = ShortVector.fromMemorySegment(FourBlocks.SHORTS, band, block, LITTLE);
      ShortVector second =
          ShortVector.fromMemorySegment(FourBlocks.SHORTS, band, block + SECOND, LITTLE);
      IntVector codes = CODE_BYTES.selectFrom(first, second).reinterpretAsInts();
      IntVector fifthBits = BITS.selectFrom(first, second).reinterpretAsInts();
      IntVector low = FourBlocks.lowFives(codes, fifthBits);
      IntVector high = FourBlocks.highFives(codes, fifthBits);
      FloatVector scales =
          FourBlocks.upperHalves(SCALES.selectFrom(first, second).reinterpretAsInts());
      FloatVector least = scales.mul(-ZERO);
      for (int part = 0; part < 4; part++) {
        int place = to + i * FourBlocks.COLUMNS + part * 32;
        ((FloatVector)
                low.lanewise(VectorOperators.LSHR, 8 * part)
                    .and(0x1F)
                    .convert(VectorOperators.I2F, 0))
            .fma(scales, least)
            .intoArray(tile, place);
        ((FloatVector)
                high.lanewise(VectorOperators.LSHR, 8 * part)
                    .and(0x1F)
                    .convert(VectorOperators.I2F, 0))
            .fma(scales, least)
            .intoArray(tile, place + 16);
      }
    }
  }

  @Override
  void unpackOnes(MemorySegment band, int at, int blocks, float[] tile, int to) {
    for (int i = 0; i < blocks; i++) {
      int block = at + i * BLOCK_BYTES;
      ByteVector codes = OneBlock.codes(band, block + CODES);
      int fifthBits = band.get(Lanes.INT, block + FIFTH_BITS);
      float scale = Lanes.half(band, block);
      OneBlock.store(
          OneBlock.lowFives(codes, fifthBits),
          OneBlock.highFives(codes, fifthBits),
          scale,
          -ZERO * scale,
          tile,
          to + i * OneBlock.COLUMNS);
    }
  }
}
