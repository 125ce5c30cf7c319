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

/// Q5_1: blocks of 24 bytes, a half-precision scale, a half-precision minimum, the 32 fifth bits and 16 bytes of nibbles:
/// the low ones are columns 0..15, the high ones 16..31. `weight = scale · number + minimum`.
final class Q5_1Kernel extends BlockKernel {
  private static final int BLOCK_BYTES = 24;
  private static final int MINIMUM = 2;
  private static final int FIFTH_BITS = 4;
  private static final int CODES = 8;

  private static final int SECOND = FourBlocks.second(BLOCK_BYTES);
  private static final ShortVector CODE_BYTES = FourBlocks.selection(BLOCK_BYTES, 0, CODES, 8);
  private static final ShortVector BITS = FourBlocks.selection(BLOCK_BYTES, 0, FIFTH_BITS, 2);
  private static final ShortVector SCALE_AND_MINIMUM = FourBlocks.selection(BLOCK_BYTES, 0, 0, 2);

  /// @param four whether four blocks at a time
  Q5_1Kernel(boolean four) {
    super(BLOCK_BYTES, four, four ? FourBlocks.orderWithOnes(0) : OneBlock.order(1));
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
    FloatVector common = FloatVector.zero(FLOATS);
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
      IntVector halves = SCALE_AND_MINIMUM.selectFrom(first, second).reinterpretAsInts();
      FloatVector ones = FloatVector.fromArray(FLOATS, x, sums + i * 16);
      FloatVector scales = FourBlocks.lowerHalves(halves);
      common = FourBlocks.upperHalves(halves).fma(ones, common);
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
    return sum.sub(common.mul(1 / FourBlocks.ONES)).reduceLanes(VectorOperators.ADD);
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
      common = Math.fma(Lanes.half(band, block + MINIMUM), x[sums + i], common);
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
      IntVector halves = SCALE_AND_MINIMUM.selectFrom(first, second).reinterpretAsInts();
      FloatVector scales = FourBlocks.lowerHalves(halves);
      FloatVector least = FourBlocks.upperHalves(halves);
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
      OneBlock.store(
          OneBlock.lowFives(codes, fifthBits),
          OneBlock.highFives(codes, fifthBits),
          Lanes.half(band, block),
          Lanes.half(band, block + MINIMUM),
          tile,
          to + i * OneBlock.COLUMNS);
    }
  }
}
