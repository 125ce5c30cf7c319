package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.INTS;

import dev.jmr.kernels.cpu.vector.Lanes;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// Q3_K: super-blocks of 110 bytes: 32 bytes of third bits, 64 bytes of lower bits, sixteen 6-bit scales in 12 bytes, `d`.
///
/// Each half (128 columns) has 32 bytes of lower bits; such a byte serves four columns 32 apart.
/// `weight = d · (scale - 32) · (number - 4)`.
final class Q3_KKernel extends KQuantKernel {
  static final int BLOCK_BYTES = 110;
  static final int NUMBERS = 32;
  static final int SCALE_BYTES = 96;
  static final int D = 108;
  private static final int SUB_BLOCK = 16;

  private static final int[] SOURCE = source(4, 32);
  private static final int[] RUNS = ByteLanes.runs(SOURCE);
  private static final ScaleLanes LANES = new ScaleLanes(SOURCE, SUB_BLOCK);

  private final ActivationOrder order = COUNT == 16 ? Q3_KWideRow.order(SOURCE) : order(SOURCE);

  private static ActivationOrder order(int[] source) {
    int[] columns = new int[BLOCK / SUB_BLOCK];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = i * SUB_BLOCK;
    }
    float[] factors = new float[BLOCK];
    Arrays.fill(factors, -4);
    return ActivationOrder.permuted(source, ByteLanes.scales()).withSums(columns, factors);
  }

  Q3_KKernel() {
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
      Q3_KWideRow.rowProducts(band, row + r * rowBytes, rowBytes, rows, blocks, x, at, out, to + r);
    }
  }

  @Override
  void spread(MemorySegment band, int first, int count, float[] scratch) {
    for (int block = 0; block < count; block++) {
      int at = first + block * BLOCK_BYTES;
      int plain = PLAIN + block * SUMS;
      decodeScales(band, at, scratch, plain);
      LANES.spread(scratch, plain, scratch, SCALES + block * ScaleLanes.LENGTH);
    }
  }

  /// The lower nibbles of the scales are those of two ints, first the low ones, the pairs above them four to each byte of a
  /// third.
  private static void decodeScales(MemorySegment band, int block, float[] out, int offset) {
    float d = Lanes.half(band, block + D);
    int lower0 = band.get(Lanes.INT, block + SCALE_BYTES);
    int lower1 = band.get(Lanes.INT, block + SCALE_BYTES + 4);
    int upper = band.get(Lanes.INT, block + SCALE_BYTES + 8);
    int scales0 = (lower0 & 0x0F0F0F0F) | (upper & 0x03030303) << 4;
    int scales1 = (lower1 & 0x0F0F0F0F) | (upper & 0x0C0C0C0C) << 2;
    int scales2 = (lower0 >>> 4 & 0x0F0F0F0F) | (upper & 0x30303030);
    int scales3 = (lower1 >>> 4 & 0x0F0F0F0F) | (upper >>> 2 & 0x30303030);
    for (int i = 0; i < 4; i++) {
      int shift = 8 * i;
      out[offset + i] = d * ((scales0 >>> shift & 0x3F) - 32);
      out[offset + 4 + i] = d * ((scales1 >>> shift & 0x3F) - 32);
      out[offset + 8 + i] = d * ((scales2 >>> shift & 0x3F) - 32);
      out[offset + 12 + i] = d * ((scales3 >>> shift & 0x3F) - 32);
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
    int step = vector / 4;
    IntVector thirds =
        ByteLanes.bits(band, block, RUNS, vector, step).lanewise(VectorOperators.LSHL, 2);
    return IntVector.fromMemorySegment(
            INTS, band, block + NUMBERS + step * (4 * COUNT), Lanes.LITTLE)
        .lanewise(VectorOperators.LSHR, vector % 4 * 2)
        .and(0x03030303)
        .or(thirds);
  }

  @Override
  public void unpack(
      MemorySegment band, int byteOffset, int column, int count, float[] tile, int offset) {
    float[] scales = new float[16];
    int start = byteOffset + column / BLOCK * BLOCK_BYTES;
    for (int block = 0; block < count / BLOCK; block++) {
      int at = start + block * BLOCK_BYTES;
      decodeScales(band, at, scales, 0);
      for (int i = 0; i < ByteLanes.VECTORS; i++) {
        IntVector numbers = numbers(band, at, i);
        FloatVector scale = LANES.lanes(scales, 0, i);
        int to = offset + block * BLOCK + i * (4 * COUNT);
        ByteLanes.unpack(numbers, scale, scale.mul(-4), tile, to);
      }
    }
  }
}
