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

/// IQ4_NL: blocks of 18 bytes, a half-precision scale and 16 bytes of codes of four bits: the low ones are columns 0..15,
/// the high ones 16..31. `weight = scale · level(code)`, see [Codebook16].
final class IQ4_NLKernel extends BlockKernel {
  private static final int BLOCK_BYTES = 18;
  private static final int CODES = 2;

  private static final int SECOND = FourBlocks.second(BLOCK_BYTES);
  private static final ShortVector CODE_BYTES = FourBlocks.selection(BLOCK_BYTES, 0, CODES, 8);
  private static final ShortVector SCALES = FourBlocks.selection(BLOCK_BYTES, 0, 0, 1);

  /// @param four whether four blocks at a time
  IQ4_NLKernel(boolean four) {
    super(BLOCK_BYTES, four, four ? FourBlocks.order() : OneBlock.order(-Codebook16.EXCESS));
  }

  @Override
  float fourProduct(MemorySegment band, int row, int fours, float[] x, int at) {
    return rowProductOfFours(band, row, fours, x, at);
  }

  private static float rowProductOfFours(
      MemorySegment band, int row, int fours, float[] x, int at) {
    FloatVector sum = FloatVector.zero(FLOATS);
    IntVector levels = Codebook16.IQ4_FLOATS;
    for (int i = 0; i < fours; i++) {
      int block = row + i * (4 * BLOCK_BYTES);
      int k = at + i * FourBlocks.COLUMNS;
      ShortVector first = ShortVector.fromMemorySegment(FourBlocks.SHORTS, band, block, LITTLE);
      ShortVector second =
          ShortVector.fromMemorySegment(FourBlocks.SHORTS, band, block + SECOND, LITTLE);
      IntVector codes = CODE_BYTES.selectFrom(first, second).reinterpretAsInts();
      FloatVector scales =
          FourBlocks.upperHalves(SCALES.selectFrom(first, second).reinterpretAsInts());
      sum = FourBlocks.levelProducts(codes, levels, x, k).fma(scales, sum);
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
    ByteVector levels = Codebook16.IQ4_BYTES;
    for (int i = 0; i < blocks; i++) {
      int block = row + i * BLOCK_BYTES;
      ByteVector codes = OneBlock.codes(band, block + CODES);
      float scale = Lanes.half(band, block);
      common = Math.fma(scale, x[sums + i], common);
      sum =
          OneBlock.products(
                  codes.selectFrom(levels),
                  OneBlock.moved(codes).selectFrom(levels),
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
      FourBlocks.storeLevels(
          codes, Codebook16.IQ4_FLOATS, scales, tile, to + i * FourBlocks.COLUMNS);
    }
  }

  @Override
  void unpackOnes(MemorySegment band, int at, int blocks, float[] tile, int to) {
    for (int i = 0; i < blocks; i++) {
      int block = at + i * BLOCK_BYTES;
      ByteVector codes = OneBlock.codes(band, block + CODES);
      float scale = Lanes.half(band, block);
      OneBlock.store(
          codes.selectFrom(Codebook16.IQ4_BYTES),
          OneBlock.moved(codes).selectFrom(Codebook16.IQ4_BYTES),
          scale,
          -Codebook16.EXCESS * scale,
          tile,
          to + i * OneBlock.COLUMNS);
    }
  }
}
