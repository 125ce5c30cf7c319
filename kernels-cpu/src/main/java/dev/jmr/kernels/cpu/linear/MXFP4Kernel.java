package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.LITTLE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// MXFP4: blocks of 17 bytes, an exponent `e` and 16 bytes of codes of four bits: the low ones are columns 0..15, the high
/// ones 16..31. `weight = 2^(e - 127) · level(code)`, see [Codebook16].
///
/// The scale is the float whose exponent is `e`, but for `e = 0`, where it is a subnormal one.
final class MXFP4Kernel extends BlockKernel {
  private static final int BLOCK_BYTES = 17;
  private static final int CODES = 1;

  /// Where a float has its exponent.
  private static final int EXPONENT = 23;

  /// The bits of `2^-127`.
  private static final int SMALLEST = 1 << (EXPONENT - 1);

  private static final int FIRST = 1;
  private static final int SECOND = FourBlocks.second(BLOCK_BYTES);
  private static final ShortVector CODE_BYTES = FourBlocks.selection(BLOCK_BYTES, FIRST, CODES, 8);

  /// The first block's exponent lies before the first vector.
  private static final ShortVector SCALES = FourBlocks.selection(BLOCK_BYTES, FIRST, 0, 1);

  private static final VectorMask<Integer> FIRST_BLOCK =
      VectorMask.fromLong(IntVector.SPECIES_512, 0xF);

  /// @param four whether four blocks at a time
  MXFP4Kernel(boolean four) {
    super(BLOCK_BYTES, four, four ? FourBlocks.order() : OneBlock.order(-Codebook16.MXFP4_EXCESS));
  }

  @Override
  float fourProduct(MemorySegment band, int row, int fours, float[] x, int at) {
    return rowProductOfFours(band, row, fours, x, at);
  }

  private static float rowProductOfFours(
      MemorySegment band, int row, int fours, float[] x, int at) {
    FloatVector sum = FloatVector.zero(FLOATS);
    IntVector levels = Codebook16.MXFP4_FLOATS;
    for (int i = 0; i < fours; i++) {
      int block = row + i * (4 * BLOCK_BYTES);
      int k = at + i * FourBlocks.COLUMNS;
      ShortVector first =
          ShortVector.fromMemorySegment(FourBlocks.SHORTS, band, block + FIRST, LITTLE);
      ShortVector second =
          ShortVector.fromMemorySegment(FourBlocks.SHORTS, band, block + SECOND, LITTLE);
      IntVector codes = CODE_BYTES.selectFrom(first, second).reinterpretAsInts();
      FloatVector scales =
          SCALES
              .selectFrom(first, second)
              .reinterpretAsInts()
              .blend(band.get(ValueLayout.JAVA_BYTE, block), FIRST_BLOCK)
              .and(0xFF)
              .lanewise(VectorOperators.LSHL, EXPONENT)
              .max(SMALLEST)
              .reinterpretAsFloats();
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
    ByteVector levels = Codebook16.MXFP4_BYTES;
    for (int i = 0; i < blocks; i++) {
      int block = row + i * BLOCK_BYTES;
      ByteVector codes = OneBlock.codes(band, block + CODES);
      float scale = halfScale(band, block);
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
      ShortVector first =
          ShortVector.fromMemorySegment(FourBlocks.SHORTS, band, block + FIRST, LITTLE);
      ShortVector second =
          ShortVector.fromMemorySegment(FourBlocks.SHORTS, band, block + SECOND, LITTLE);
      IntVector codes = CODE_BYTES.selectFrom(first, second).reinterpretAsInts();
      FloatVector scales =
          SCALES
              .selectFrom(first, second)
              .reinterpretAsInts()
              .blend(band.get(ValueLayout.JAVA_BYTE, block), FIRST_BLOCK)
              .and(0xFF)
              .lanewise(VectorOperators.LSHL, EXPONENT)
              .max(SMALLEST)
              .reinterpretAsFloats();
      FourBlocks.storeLevels(
          codes, Codebook16.MXFP4_FLOATS, scales, tile, to + i * FourBlocks.COLUMNS);
    }
  }

  @Override
  void unpackOnes(MemorySegment band, int at, int blocks, float[] tile, int to) {
    for (int i = 0; i < blocks; i++) {
      int block = at + i * BLOCK_BYTES;
      ByteVector codes = OneBlock.codes(band, block + CODES);
      float scale = halfScale(band, block);
      OneBlock.store(
          codes.selectFrom(Codebook16.MXFP4_BYTES),
          OneBlock.moved(codes).selectFrom(Codebook16.MXFP4_BYTES),
          scale,
          -Codebook16.MXFP4_EXCESS * scale,
          tile,
          to + i * OneBlock.COLUMNS);
    }
  }

  /// Half a block's scale, for levels that are doubled.
  private static float halfScale(MemorySegment band, int block) {
    int exponent = band.get(ValueLayout.JAVA_BYTE, block) & 0xFF;
    return 0.5f * Float.intBitsToFloat(Math.max(exponent << EXPONENT, SMALLEST));
  }
}
