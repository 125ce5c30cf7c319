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

/// Q4_0: blocks of 18 bytes, a half-precision scale and 16 bytes of nibbles: the low ones are columns 0..15, the high
/// ones 16..31. `weight = scale · (nibble - 8)`.
final class Q4_0Kernel extends BlockKernel {
  private static final int BLOCK_BYTES = 18;
  private static final int CODES = 2;
  private static final int ZERO = 8;

  private static final int SECOND = FourBlocks.second(BLOCK_BYTES);
  private static final ShortVector CODE_BYTES = FourBlocks.selection(BLOCK_BYTES, 0, CODES, 8);
  private static final ShortVector SCALES = FourBlocks.selection(BLOCK_BYTES, 0, 0, 1);

  /// @param four whether four blocks at a time
  Q4_0Kernel(boolean four) {
    super(BLOCK_BYTES, four, four ? FourBlocks.orderWithOnes(ZERO) : OneBlock.order(-ZERO));
  }

  @Override
  float fourProduct(MemorySegment band, int row, int fours, float[] x, int at) {
    return rowProductOfFours(band, row, fours, x, at);
  }

  private static float rowProductOfFours(
      MemorySegment band, int row, int fours, float[] x, int at) {
    FloatVector sum = FloatVector.zero(FLOATS);
    int sums = at + fours * FourBlocks.COLUMNS;
    for (int i = 0; i < fours; i++) {
      int block = row + i * (4 * BLOCK_BYTES);
      int k = at + i * FourBlocks.COLUMNS;
      ShortVector first = ShortVector.fromMemorySegment(FourBlocks.SHORTS, band, block, LITTLE);
      ShortVector second =
          ShortVector.fromMemorySegment(FourBlocks.SHORTS, band, block + SECOND, LITTLE);
      IntVector codes = CODE_BYTES.selectFrom(first, second).reinterpretAsInts();
      FloatVector ones = FloatVector.fromArray(FLOATS, x, sums + i * 16);
      FloatVector scales =
          FourBlocks.upperHalves(SCALES.selectFrom(first, second).reinterpretAsInts());
      sum = FourBlocks.nibbleProducts(codes, x, k, ones).fma(scales, sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  @Override
  void fourProducts(
      MemorySegment band, int row, int fours, float[] x, float[] out, TokenPair pair, int index) {
    rowProductsOfFours(band, row, fours, x, out, pair, index);
  }

  /// Written out, as two uses of `nibbleProducts` exceed what C2 inlines.
  private static void rowProductsOfFours(
      MemorySegment band, int row, int fours, float[] x, float[] out, TokenPair pair, int index) {
    FloatVector sum0 = FloatVector.zero(FLOATS);
    FloatVector sum1 = FloatVector.zero(FLOATS);
    int x0 = pair.x0;
    int x1 = pair.x1;
    int sums = fours * FourBlocks.COLUMNS;
    for (int i = 0; i < fours; i++) {
      int block = row + i * (4 * BLOCK_BYTES);
      int s = sums + i * 16;
      ShortVector first = ShortVector.fromMemorySegment(FourBlocks.SHORTS, band, block, LITTLE);
      ShortVector second =
          ShortVector.fromMemorySegment(FourBlocks.SHORTS, band, block + SECOND, LITTLE);
      IntVector codes = CODE_BYTES.selectFrom(first, second).reinterpretAsInts();
      FloatVector scales =
          FourBlocks.upperHalves(SCALES.selectFrom(first, second).reinterpretAsInts());
      int k0 = x0 + i * FourBlocks.COLUMNS;
      int k1 = x1 + i * FourBlocks.COLUMNS;
      FloatVector w =
          codes
              .lanewise(VectorOperators.LSHL, 18)
              .and(FourBlocks.NIBBLE)
              .or(FourBlocks.ONE)
              .reinterpretAsFloats();
      FloatVector a0 =
          w.fma(FloatVector.fromArray(FLOATS, x, k0), FloatVector.fromArray(FLOATS, x, x0 + s));
      FloatVector a1 =
          w.fma(FloatVector.fromArray(FLOATS, x, k1), FloatVector.fromArray(FLOATS, x, x1 + s));
      w =
          codes
              .lanewise(VectorOperators.LSHL, 14)
              .and(FourBlocks.NIBBLE)
              .or(FourBlocks.ONE)
              .reinterpretAsFloats();
      a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 16), a0);
      a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 16), a1);
      w =
          codes
              .lanewise(VectorOperators.LSHL, 10)
              .and(FourBlocks.NIBBLE)
              .or(FourBlocks.ONE)
              .reinterpretAsFloats();
      a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 32), a0);
      a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 32), a1);
      w =
          codes
              .lanewise(VectorOperators.LSHL, 6)
              .and(FourBlocks.NIBBLE)
              .or(FourBlocks.ONE)
              .reinterpretAsFloats();
      a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 48), a0);
      a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 48), a1);
      w =
          codes
              .lanewise(VectorOperators.LSHL, 2)
              .and(FourBlocks.NIBBLE)
              .or(FourBlocks.ONE)
              .reinterpretAsFloats();
      a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 64), a0);
      a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 64), a1);
      w =
          codes
              .lanewise(VectorOperators.LSHR, 2)
              .and(FourBlocks.NIBBLE)
              .or(FourBlocks.ONE)
              .reinterpretAsFloats();
      a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 80), a0);
      a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 80), a1);
      w =
          codes
              .lanewise(VectorOperators.LSHR, 6)
              .and(FourBlocks.NIBBLE)
              .or(FourBlocks.ONE)
              .reinterpretAsFloats();
      a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 96), a0);
      a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 96), a1);
      w =
          codes
              .lanewise(VectorOperators.LSHR, 10)
              .and(FourBlocks.NIBBLE)
              .or(FourBlocks.ONE)
              .reinterpretAsFloats();
      a0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 112), a0);
      a1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 112), a1);
      sum0 = a0.fma(scales, sum0);
      sum1 = a1.fma(scales, sum1);
    }
    out[pair.out0 + index] = sum0.reduceLanes(VectorOperators.ADD);
    out[pair.out1 + index] = sum1.reduceLanes(VectorOperators.ADD);
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
      float scale = Lanes.half(band, block);
      common = Math.fma(scale, x[sums + i], common);
      sum =
          OneBlock.products(
                  OneBlock.lowNibbles(codes),
                  OneBlock.highNibbles(codes),
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
      FloatVector scales =
          FourBlocks.upperHalves(SCALES.selectFrom(first, second).reinterpretAsInts());
      FourBlocks.storeNibbles(codes, scales, scales.mul(-ZERO), tile, to + i * FourBlocks.COLUMNS);
    }
  }

  @Override
  void unpackOnes(MemorySegment band, int at, int blocks, float[] tile, int to) {
    for (int i = 0; i < blocks; i++) {
      int block = at + i * BLOCK_BYTES;
      ByteVector codes = OneBlock.codes(band, block + CODES);
      float scale = Lanes.half(band, block);
      OneBlock.store(
          OneBlock.lowNibbles(codes),
          OneBlock.highNibbles(codes),
          scale,
          -ZERO * scale,
          tile,
          to + i * OneBlock.COLUMNS);
    }
  }
}
