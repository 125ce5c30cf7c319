package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.INTS;

import dev.jmr.kernels.cpu.vector.Lanes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Q4_K: super-blocks of 144 bytes: scale `d`, minimum scale `dmin`, eight 6-bit scales and minima in 12 bytes, then four
/// chunks of 32 bytes whose low nibbles are one sub-block of 32 columns and whose high nibbles are the next.
///
/// `weight = d · scale · nibble - dmin · minimum`.
final class Q4_KKernel extends KQuantKernel {
  static final int BLOCK_BYTES = 144;
  private static final int NIBBLES = 16;

  /// Vectors of packed nibbles per super-block, and the weights in one.
  private static final int STEPS = 32 / COUNT;

  private static final int STEP = 8 * COUNT;

  private static final VectorMask<Float> UPPER_HALF =
      VectorMask.fromLong(FLOATS, (-1L << (COUNT / 2)) & ((1L << COUNT) - 1));

  private static final int[] SOURCE = source(2, PackedScales.SUB_BLOCK);
  private static final ScaleLanes LANES = new ScaleLanes(SOURCE, PackedScales.SUB_BLOCK);

  private final ActivationOrder order =
      COUNT == 16 ? Q4_KWideRow.order(SOURCE) : PackedScales.order(SOURCE, scales());

  /// Undoes the place of each nibble in its int; the topmost is shifted down, as it would make the int negative.
  private static float[] scales() {
    float[] scales = new float[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      int bit = 8 * (i / COUNT % 4) + 4 * (i / (4 * COUNT) % 2);
      scales[i] = bit == 28 ? 1 : Math.scalb(1f, -bit);
    }
    return scales;
  }

  Q4_KKernel() {
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
      Q4_KWideRow.rowProducts(band, row + r * rowBytes, rowBytes, rows, blocks, x, at, out, to + r);
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
    Q4_KWidePair.rowProducts(band, row, rowBytes, rowCount, blocks, x, out, pair);
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
    FloatVector sum0 = FloatVector.fromArray(FLOATS, scratch, sum);
    FloatVector sum1 = FloatVector.zero(FLOATS);
    IntVector bits0 = IntVector.broadcast(INTS, 0xF);
    IntVector bits4 = IntVector.broadcast(INTS, 0xF0);
    IntVector bits8 = IntVector.broadcast(INTS, 0xF00);
    IntVector bits12 = IntVector.broadcast(INTS, 0xF000);
    IntVector bits16 = IntVector.broadcast(INTS, 0xF0000);
    IntVector bits20 = IntVector.broadcast(INTS, 0xF00000);
    IntVector bits24 = IntVector.broadcast(INTS, 0xF000000);
    int steps = count * STEPS;
    for (int i = 0; i < steps; i++) {
      int from = first + i / STEPS * BLOCK_BYTES + NIBBLES + i % STEPS * (4 * COUNT);
      int k = at + i * STEP;
      int scale = SCALES + i * (2 * COUNT);
      IntVector packed = IntVector.fromMemorySegment(INTS, band, from, Lanes.LITTLE);
      FloatVector low = Lanes.toFloats(packed.and(bits0)).mul(FloatVector.fromArray(FLOATS, x, k));
      FloatVector high =
          Lanes.toFloats(packed.and(bits4)).mul(FloatVector.fromArray(FLOATS, x, k + 4 * COUNT));
      low = Lanes.toFloats(packed.and(bits8)).fma(FloatVector.fromArray(FLOATS, x, k + COUNT), low);
      high =
          Lanes.toFloats(packed.and(bits12))
              .fma(FloatVector.fromArray(FLOATS, x, k + 5 * COUNT), high);
      low =
          Lanes.toFloats(packed.and(bits16))
              .fma(FloatVector.fromArray(FLOATS, x, k + 2 * COUNT), low);
      high =
          Lanes.toFloats(packed.and(bits20))
              .fma(FloatVector.fromArray(FLOATS, x, k + 6 * COUNT), high);
      low =
          Lanes.toFloats(packed.and(bits24))
              .fma(FloatVector.fromArray(FLOATS, x, k + 3 * COUNT), low);
      high =
          Lanes.toFloats(packed.lanewise(VectorOperators.LSHR, 28))
              .fma(FloatVector.fromArray(FLOATS, x, k + 7 * COUNT), high);
      sum0 = low.fma(FloatVector.fromArray(FLOATS, scratch, scale), sum0);
      sum1 = high.fma(FloatVector.fromArray(FLOATS, scratch, scale + COUNT), sum1);
    }
    sum0.add(sum1).intoArray(scratch, sum);
  }

  @Override
  public void unpack(
      MemorySegment band, int byteOffset, int column, int count, float[] tile, int offset) {
    if (COUNT == 16) {
      int first = byteOffset + column / BLOCK * BLOCK_BYTES;
      Q4_KWideUnpack.unpackBlocks(band, first, count / BLOCK, tile, offset);
      return;
    }
    float[] scales = new float[16];
    int start = byteOffset + column / BLOCK * BLOCK_BYTES;
    for (int block = 0; block < count / BLOCK; block++) {
      int at = start + block * BLOCK_BYTES;
      PackedScales.decode(band, at, scales, 0);
      for (int half = 0; half < 2 * STEPS; half++) {
        int place = offset + block * BLOCK + half * (4 * COUNT);
        unpackHalf(band, at + NIBBLES + half / 2 * (4 * COUNT), half, scales, tile, place);
      }
    }
  }

  /// Decodes the low or the high nibbles of one packed vector.
  private static void unpackHalf(
      MemorySegment band, int at, int half, float[] scales, float[] tile, int to) {
    int first = SOURCE[half * 4 * COUNT] / PackedScales.SUB_BLOCK;
    int last = SOURCE[half * 4 * COUNT + COUNT - 1] / PackedScales.SUB_BLOCK;
    FloatVector scale = halves(scales[first], scales[last]);
    FloatVector minimum = halves(-scales[8 + first], -scales[8 + last]);
    IntVector packed = IntVector.fromMemorySegment(INTS, band, at, Lanes.LITTLE);
    int shift = half % 2 * 4;
    for (int position = 0; position < 4; position++) {
      IntVector nibbles = packed.lanewise(VectorOperators.LSHR, shift + 8 * position).and(0xF);
      Lanes.toFloats(nibbles).fma(scale, minimum).intoArray(tile, to + position * COUNT);
    }
  }

  private static FloatVector halves(float lower, float upper) {
    return FloatVector.broadcast(FLOATS, lower).blend(upper, UPPER_HALF);
  }
}
