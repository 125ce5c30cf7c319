package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.INTS;

import dev.jmr.kernels.cpu.vector.Lanes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// Q5_K: super-blocks of 176 bytes: scale `d`, minimum scale `dmin`, eight 6-bit scales and minima in 12 bytes, then 32 bytes
/// of fifth bits, one for each sub-block, and nibbles as those of Q4_K.
///
/// `weight = d · scale · number - dmin · minimum`.
final class Q5_KKernel extends KQuantKernel {
  static final int BLOCK_BYTES = 176;
  static final int FIFTH_BITS = 16;
  static final int NIBBLES = 48;

  private static final int[] SOURCE = source(2, PackedScales.SUB_BLOCK);
  private static final int[] RUNS = ByteLanes.runs(SOURCE);
  private static final ScaleLanes LANES = new ScaleLanes(SOURCE, PackedScales.SUB_BLOCK);

  private final ActivationOrder order =
      COUNT == 16
          ? PackedScaleLanes.order(SOURCE, Q5_KWideRow.PLACE)
          : PackedScales.order(SOURCE, ByteLanes.scales());

  Q5_KKernel() {
    super(BLOCK_BYTES);
  }

  @Override
  public ActivationOrder order() {
    return order;
  }

  @Override
  void wideProducts(
      MemorySegment band,
      int row,
      int rowBytes,
      int rowCount,
      int blocks,
      float[] x,
      int at,
      float[] out,
      int to) {
    for (int r = 0; r < rowCount; r += ROWS) {
      int rows = Math.min(ROWS, rowCount - r);
      Q5_KWideRow.rowProducts(band, row + r * rowBytes, rowBytes, rows, blocks, x, at, out, to + r);
    }
  }

  @Override
  void widePair(
      MemorySegment band,
      int row,
      int rowBytes,
      int rowCount,
      int blocks,
      float[] x,
      float[] out,
      TokenPair pair) {
    Q5_KWidePair.rowProducts(band, row, rowBytes, rowCount, blocks, x, out, pair);
  }

  @Override
  void spread(MemorySegment band, int first, int count, float[] scratch) {
    for (int block = 0; block < count; block++) {
      int at = first + block * BLOCK_BYTES;
      int plain = PLAIN + block * SUMS;
      PackedScales.decode(band, at, scratch, plain);
      LANES.spread(scratch, plain, scratch, SCALES + block * ScaleLanes.LENGTH);
    }
  }

  @Override
  void products(
      MemorySegment band, int first, int count, float[] x, int at, float[] scratch, int sum) {
    FloatVector total = FloatVector.fromArray(FLOATS, scratch, sum);
    int vectors = count * ByteLanes.VECTORS;
    for (int i = 0; i < vectors; i++) {
      int block = first + i / ByteLanes.VECTORS * BLOCK_BYTES;
      total =
          ByteLanes.product(numbers(band, block, i % ByteLanes.VECTORS), x, at + i * (4 * COUNT))
              .fma(FloatVector.fromArray(FLOATS, scratch, SCALES + i * COUNT), total);
    }
    total.intoArray(scratch, sum);
  }

  private static IntVector numbers(MemorySegment band, int block, int vector) {
    int step = vector / 2;
    IntVector fifths =
        ByteLanes.bits(band, block + FIFTH_BITS, RUNS, vector, step)
            .lanewise(VectorOperators.LSHL, 4);
    return IntVector.fromMemorySegment(
            INTS, band, block + NIBBLES + step * (4 * COUNT), Lanes.LITTLE)
        .lanewise(VectorOperators.LSHR, vector % 2 * 4)
        .and(0x0F0F0F0F)
        .or(fifths);
  }

  @Override
  public void unpack(
      MemorySegment band, int byteOffset, int column, int count, float[] tile, int offset) {
    float[] scales = new float[16];
    int start = byteOffset + column / BLOCK * BLOCK_BYTES;
    for (int block = 0; block < count / BLOCK; block++) {
      int at = start + block * BLOCK_BYTES;
      PackedScales.decode(band, at, scales, 0);
      for (int i = 0; i < ByteLanes.VECTORS; i++) {
        ByteLanes.unpack(
            numbers(band, at, i),
            LANES.lanes(scales, 0, i),
            LANES.lanes(scales, 8, i).neg(),
            tile,
            offset + block * BLOCK + i * (4 * COUNT));
      }
    }
  }
}
