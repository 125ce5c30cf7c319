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

/// Q2_K: super-blocks of 84 bytes: sixteen bytes with a scale (low nibble) and a minimum (high), 64 bytes of numbers, `d`,
/// `dmin`.
///
/// Each half (128 columns) has 32 bytes of numbers; such a byte serves four columns 32 apart.
/// `weight = d · scale · number - dmin · minimum`.
final class Q2_KKernel extends KQuantKernel {
  static final int BLOCK_BYTES = 84;
  static final int NUMBERS = 16;
  static final int D = 80;
  static final int DMIN = 82;
  private static final int SUB_BLOCK = 16;

  private static final int[] SOURCE = source(4, 32);
  private static final ScaleLanes LANES = new ScaleLanes(SOURCE, SUB_BLOCK);

  private final ActivationOrder order = COUNT == 16 ? Q2_KWideRow.order(SOURCE) : order(SOURCE);

  private static ActivationOrder order(int[] source) {
    int[] columns = new int[BLOCK / SUB_BLOCK];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = i * SUB_BLOCK;
    }
    float[] factors = new float[BLOCK];
    Arrays.fill(factors, -1);
    return ActivationOrder.permuted(source, ByteLanes.scales()).withSums(columns, factors);
  }

  Q2_KKernel() {
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
      Q2_KWideRow.rowProducts(band, row + r * rowBytes, rowBytes, rows, blocks, x, at, out, to + r);
    }
  }

  @Override
  void spread(MemorySegment band, int first, int count, float[] scratch) {
    for (int block = 0; block < count; block++) {
      int at = first + block * BLOCK_BYTES;
      int plain = PLAIN + block * SUMS;
      decodeScales(band, at, scratch, plain);
      LANES.spread(scratch, plain, scratch, SCALES + block * ScaleLanes.LENGTH);
      decodeMinima(band, at, scratch, plain);
    }
  }

  private static void decodeScales(MemorySegment band, int block, float[] out, int offset) {
    FloatVector d = FloatVector.broadcast(FLOATS, Lanes.half(band, block + D));
    for (int i = 0; i < 16; i += COUNT) {
      Lanes.toFloats(Lanes.unsignedBytes(band, block + i).and(0xF))
          .mul(d)
          .intoArray(out, offset + i);
    }
  }

  private static void decodeMinima(MemorySegment band, int block, float[] out, int offset) {
    FloatVector dmin = FloatVector.broadcast(FLOATS, Lanes.half(band, block + DMIN));
    for (int i = 0; i < 16; i += COUNT) {
      Lanes.toFloats(Lanes.unsignedBytes(band, block + i).lanewise(VectorOperators.LSHR, 4))
          .mul(dmin)
          .intoArray(out, offset + i);
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
    return IntVector.fromMemorySegment(
            INTS, band, block + NUMBERS + vector / 4 * (4 * COUNT), Lanes.LITTLE)
        .lanewise(VectorOperators.LSHR, vector % 4 * 2)
        .and(0x03030303);
  }

  @Override
  public void unpack(
      MemorySegment band, int byteOffset, int column, int count, float[] tile, int offset) {
    float[] scales = new float[32];
    int start = byteOffset + column / BLOCK * BLOCK_BYTES;
    for (int block = 0; block < count / BLOCK; block++) {
      int at = start + block * BLOCK_BYTES;
      decodeScales(band, at, scales, 0);
      decodeMinima(band, at, scales, 16);
      for (int i = 0; i < ByteLanes.VECTORS; i++) {
        IntVector numbers = numbers(band, at, i);
        FloatVector scale = LANES.lanes(scales, 0, i);
        FloatVector minimum = LANES.lanes(scales, 16, i).neg();
        int to = offset + block * BLOCK + i * (4 * COUNT);
        ByteLanes.unpack(numbers, scale, minimum, tile, to);
      }
    }
  }
}
