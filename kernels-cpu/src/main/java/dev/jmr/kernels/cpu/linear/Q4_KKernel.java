package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.Lanes.COUNT;
import static dev.jmr.kernels.cpu.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.Lanes.INTS;

import dev.jmr.kernels.cpu.Lanes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// Q4_K: super-blocks of 144 bytes: scale `d`, minimum scale `dmin`, eight 6-bit scales and minima in 12 bytes, then four
/// chunks of 32 bytes whose low nibbles are one sub-block of 32 columns and whose high nibbles are the next.
///
/// `weight = d · scale · nibble - dmin · minimum`.
final class Q4_KKernel implements LinearKernel {
  private static final int BLOCK = 256;
  private static final int BLOCK_BYTES = 144;
  private static final int NIBBLES = 16;
  private static final int SUB_BLOCK = 32;

  /// Vectors of packed nibbles per super-block, and the weights in one.
  private static final int STEPS = 32 / COUNT;

  private static final int STEP = 8 * COUNT;

  private static final int[] SOURCE = source();
  private static final ScaleLanes LANES = new ScaleLanes(SOURCE, SUB_BLOCK);

  private final ActivationOrder order =
      ActivationOrder.permuted(SOURCE, scales()).withSums(16, SUB_BLOCK, 8, -1);

  /// A packed vector holds, for each of the low and the high nibbles, four vectors of columns: byte 0 of each lane, …
  private static int[] source() {
    int[] source = new int[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      int lane = i % COUNT;
      int position = i / COUNT % 4;
      int high = i / (4 * COUNT) % 2;
      int packedByte = i / STEP * 4 * COUNT + 4 * lane + position;
      source[i] = packedByte / 32 * 64 + high * 32 + packedByte % 32;
    }
    return source;
  }

  /// Undoes the place of each nibble in its int; the topmost is shifted down, as it would make the int negative.
  private static float[] scales() {
    float[] scales = new float[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      int bit = 8 * (i / COUNT % 4) + 4 * (i / (4 * COUNT) % 2);
      scales[i] = bit == 28 ? 1 : Math.scalb(1f, -bit);
    }
    return scales;
  }

  @Override
  public ActivationOrder order() {
    return order;
  }

  @Override
  public int scratchLength(int columns) {
    return columns / BLOCK * ScaleLanes.LENGTH + 16;
  }

  @Override
  public void dot(
      MemorySegment band,
      int byteOffset,
      int rowBytes,
      int rowCount,
      int columns,
      float[] x,
      int xOffset,
      float[] out,
      int outOffset,
      float[] scratch) {
    int blocks = columns / BLOCK;
    int sums = xOffset + columns;
    for (int r = 0; r < rowCount; r++) {
      int row = byteOffset + r * rowBytes;
      float minima =
          COUNT == 16
              ? KScales16.spreadQ4(band, row, blocks, x, sums, scratch)
              : spread(band, row, blocks, x, sums, scratch);
      out[outOffset + r] = minima + products(band, row, blocks, x, xOffset, scratch);
    }
  }

  /// Spreads the scales of a row over lanes; returns what the minima contribute.
  private static float spread(
      MemorySegment band, int row, int blocks, float[] x, int sums, float[] lanes) {
    float minima = 0;
    int plain = blocks * ScaleLanes.LENGTH;
    for (int block = 0; block < blocks; block++) {
      PackedScales.decode(band, row + block * BLOCK_BYTES, lanes, plain);
      LANES.spread(lanes, plain, lanes, block * ScaleLanes.LENGTH);
      for (int i = 8; i < 16; i++) {
        minima = Math.fma(lanes[plain + i], x[sums + block * 16 + i], minima);
      }
    }
    return minima;
  }

  private static float products(
      MemorySegment band, int row, int blocks, float[] x, int xOffset, float[] lanes) {
    FloatVector sum0 = FloatVector.zero(FLOATS);
    FloatVector sum1 = FloatVector.zero(FLOATS);
    IntVector bits0 = IntVector.broadcast(INTS, 0xF);
    IntVector bits4 = IntVector.broadcast(INTS, 0xF0);
    IntVector bits8 = IntVector.broadcast(INTS, 0xF00);
    IntVector bits12 = IntVector.broadcast(INTS, 0xF000);
    IntVector bits16 = IntVector.broadcast(INTS, 0xF0000);
    IntVector bits20 = IntVector.broadcast(INTS, 0xF00000);
    IntVector bits24 = IntVector.broadcast(INTS, 0xF000000);
    int steps = blocks * STEPS;
    for (int i = 0; i < steps; i++) {
      int at = row + i / STEPS * BLOCK_BYTES + NIBBLES + i % STEPS * (4 * COUNT);
      int k = xOffset + i * STEP;
      IntVector packed = IntVector.fromMemorySegment(INTS, band, at, Lanes.LITTLE);
      FloatVector low = floats(packed.and(bits0)).mul(FloatVector.fromArray(FLOATS, x, k));
      FloatVector high =
          floats(packed.and(bits4)).mul(FloatVector.fromArray(FLOATS, x, k + 4 * COUNT));
      low = floats(packed.and(bits8)).fma(FloatVector.fromArray(FLOATS, x, k + COUNT), low);
      high = floats(packed.and(bits12)).fma(FloatVector.fromArray(FLOATS, x, k + 5 * COUNT), high);
      low = floats(packed.and(bits16)).fma(FloatVector.fromArray(FLOATS, x, k + 2 * COUNT), low);
      high = floats(packed.and(bits20)).fma(FloatVector.fromArray(FLOATS, x, k + 6 * COUNT), high);
      low = floats(packed.and(bits24)).fma(FloatVector.fromArray(FLOATS, x, k + 3 * COUNT), low);
      high =
          floats(packed.lanewise(VectorOperators.LSHR, 28))
              .fma(FloatVector.fromArray(FLOATS, x, k + 7 * COUNT), high);
      sum0 = low.fma(FloatVector.fromArray(FLOATS, lanes, i * (2 * COUNT)), sum0);
      sum1 = high.fma(FloatVector.fromArray(FLOATS, lanes, i * (2 * COUNT) + COUNT), sum1);
    }
    return sum0.add(sum1).reduceLanes(VectorOperators.ADD);
  }

  private static FloatVector floats(IntVector numbers) {
    return (FloatVector) numbers.convert(VectorOperators.I2F, 0);
  }

  @Override
  public void unpack(
      MemorySegment band, int byteOffset, int column, int count, float[] tile, int offset) {
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
    int first = SOURCE[half * 4 * COUNT] / SUB_BLOCK;
    int last = SOURCE[half * 4 * COUNT + COUNT - 1] / SUB_BLOCK;
    FloatVector scale = halves(scales[first], scales[last]);
    FloatVector minimum = halves(-scales[8 + first], -scales[8 + last]);
    IntVector packed = IntVector.fromMemorySegment(INTS, band, at, Lanes.LITTLE);
    int shift = half % 2 * 4;
    for (int position = 0; position < 4; position++) {
      IntVector nibbles = packed.lanewise(VectorOperators.LSHR, shift + 8 * position).and(0xF);
      floats(nibbles).fma(scale, minimum).intoArray(tile, to + position * COUNT);
    }
  }

  private static FloatVector halves(float lower, float upper) {
    return FloatVector.broadcast(FLOATS, lower).blend(upper, KScales16.UPPER_HALF);
  }
}
