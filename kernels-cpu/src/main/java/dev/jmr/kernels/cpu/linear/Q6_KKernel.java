package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.Lanes.COUNT;
import static dev.jmr.kernels.cpu.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.Lanes.INTS;

import dev.jmr.kernels.cpu.Lanes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/// Q6_K: super-blocks of 210 bytes: 128 bytes of lower nibbles, 64 bytes of upper bit pairs, 16 signed scales, `d`.
///
/// Each half (128 columns) has 64 nibble bytes and 32 pair bytes; a pair byte serves four columns 32 apart.
/// `weight = d · scale · (number - 32)`.
final class Q6_KKernel implements LinearKernel {
  private static final int BLOCK = 256;
  private static final int BLOCK_BYTES = 210;
  private static final int PAIRS = 128;
  private static final int SCALES = 192;
  private static final int D = 208;
  private static final int SUB_BLOCK = 16;
  private static final int NIBBLE_PLACES = 0x0F0F0F0F;

  /// Vectors of packed nibbles per super-block, and the weights in one.
  private static final int STEPS = 32 / COUNT;

  private static final int STEP = 8 * COUNT;

  private static final int[] SOURCE = source();
  private static final ScaleLanes LANES = new ScaleLanes(SOURCE, SUB_BLOCK);

  /// At 512 bits a vector of nibbles covers a half, whose 32 pair bytes are needed twice.
  private static final VectorShuffle<Integer> UPPER_TWICE =
      VectorShuffle.fromOp(INTS, lane -> COUNT / 2 + lane % (COUNT / 2));

  /// How far the pairs are shifted down for each packed vector.
  private static final int[] PAIR_SHIFTS = pairShifts();

  private final ActivationOrder order =
      ActivationOrder.permuted(SOURCE, scales()).withSums(16, SUB_BLOCK, 0, -32);

  private static int[] source() {
    int[] source = new int[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      int lane = i % COUNT;
      int position = i / COUNT % 4;
      int high = i / (4 * COUNT) % 2;
      int packedByte = i / STEP * 4 * COUNT + 4 * lane + position;
      source[i] = packedByte / 64 * 128 + high * 64 + packedByte % 64;
    }
    return source;
  }

  private static float[] scales() {
    float[] scales = new float[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      scales[i] = Math.scalb(1f, -8 * (i / COUNT % 4));
    }
    return scales;
  }

  private static int[] pairShifts() {
    int[] shifts = new int[STEPS * COUNT];
    for (int i = 0; i < shifts.length; i++) {
      int packedByte = 4 * i;
      shifts[i] = packedByte % 64 / 32 * 2;
    }
    return shifts;
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
      float zeros =
          COUNT == 16
              ? KScales16.spreadQ6(band, row, blocks, x, sums, scratch)
              : spread(band, row, blocks, x, sums, scratch);
      float low = products(band, row, blocks, x, xOffset, scratch, 0);
      float high = products(band, row, blocks, x, xOffset, scratch, 1);
      out[outOffset + r] = zeros + low + high;
    }
  }

  /// Spreads the scales of a row over lanes; returns what the zero point contributes.
  private static float spread(
      MemorySegment band, int row, int blocks, float[] x, int sums, float[] lanes) {
    float zeros = 0;
    int plain = blocks * ScaleLanes.LENGTH;
    for (int block = 0; block < blocks; block++) {
      decodeScales(band, row + block * BLOCK_BYTES, lanes, plain);
      LANES.spread(lanes, plain, lanes, block * ScaleLanes.LENGTH);
      for (int i = 0; i < 16; i++) {
        zeros = Math.fma(lanes[plain + i], x[sums + block * 16 + i], zeros);
      }
    }
    return zeros;
  }

  private static void decodeScales(MemorySegment band, int block, float[] out, int offset) {
    FloatVector d = FloatVector.broadcast(FLOATS, Lanes.half(band, block + D));
    for (int i = 0; i < 16; i += COUNT) {
      Lanes.toFloats(Lanes.signedBytes(band, block + SCALES + i)).mul(d).intoArray(out, offset + i);
    }
  }

  /// The products of the low (`half` 0) or high (1) nibbles of a row. One pass over both would be too large a method.
  private static float products(
      MemorySegment band, int row, int blocks, float[] x, int xOffset, float[] lanes, int half) {
    FloatVector sum = FloatVector.zero(FLOATS);
    IntVector bits0 = IntVector.broadcast(INTS, 0x3F);
    IntVector bits8 = IntVector.broadcast(INTS, 0x3F00);
    IntVector bits16 = IntVector.broadcast(INTS, 0x3F0000);
    IntVector bits24 = IntVector.broadcast(INTS, 0x3F000000);
    int steps = blocks * STEPS;
    for (int i = 0; i < steps; i++) {
      int block = row + i / STEPS * BLOCK_BYTES;
      int k = xOffset + i * STEP + half * (4 * COUNT);
      IntVector q = numbers(nibbles(band, block, i % STEPS), pairs(band, block, i % STEPS), half);
      FloatVector part = Lanes.toFloats(q.and(bits0)).mul(FloatVector.fromArray(FLOATS, x, k));
      part = Lanes.toFloats(q.and(bits8)).fma(FloatVector.fromArray(FLOATS, x, k + COUNT), part);
      part =
          Lanes.toFloats(q.and(bits16)).fma(FloatVector.fromArray(FLOATS, x, k + 2 * COUNT), part);
      part =
          Lanes.toFloats(q.and(bits24)).fma(FloatVector.fromArray(FLOATS, x, k + 3 * COUNT), part);
      sum = part.fma(FloatVector.fromArray(FLOATS, lanes, (2 * i + half) * COUNT), sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  private static IntVector nibbles(MemorySegment band, int block, int step) {
    return IntVector.fromMemorySegment(INTS, band, block + step * (4 * COUNT), Lanes.LITTLE);
  }

  /// The pair bytes that belong to the nibbles of `step`, shifted so that bits 0-1 of each byte complete its low nibble
  /// and bits 4-5 its high one.
  private static IntVector pairs(MemorySegment band, int block, int step) {
    if (COUNT == 16) {
      // reads the 32 bytes before as well, which are part of the block, so as never to read behind
      // it
      return IntVector.fromMemorySegment(INTS, band, block + PAIRS - 32 + step * 32, Lanes.LITTLE)
          .rearrange(UPPER_TWICE)
          .lanewise(VectorOperators.LSHR, IntVector.fromArray(INTS, PAIR_SHIFTS, 0));
    }
    int at = PAIRS + step * (4 * COUNT) / 64 * 32 + step * (4 * COUNT) % 32;
    return IntVector.fromMemorySegment(INTS, band, block + at, Lanes.LITTLE)
        .lanewise(VectorOperators.LSHR, IntVector.fromArray(INTS, PAIR_SHIFTS, step * COUNT));
  }

  /// Six-bit numbers, one per byte; the two bits above them are of no meaning.
  private static IntVector numbers(IntVector nibbles, IntVector pairs, int half) {
    return nibbles
        .lanewise(VectorOperators.LSHR, 4 * half)
        .and(NIBBLE_PLACES)
        .or(pairs.lanewise(VectorOperators.LSHL, 4 - 4 * half).and(~NIBBLE_PLACES));
  }

  @Override
  public void unpack(
      MemorySegment band, int byteOffset, int column, int count, float[] tile, int offset) {
    float[] lanes = new float[ScaleLanes.LENGTH + 16];
    int start = byteOffset + column / BLOCK * BLOCK_BYTES;
    for (int block = 0; block < count / BLOCK; block++) {
      int at = start + block * BLOCK_BYTES;
      decodeScales(band, at, lanes, ScaleLanes.LENGTH);
      LANES.spread(lanes, ScaleLanes.LENGTH, lanes, 0);
      for (int step = 0; step < STEPS; step++) {
        IntVector nibbles = nibbles(band, at, step);
        IntVector pairs = pairs(band, at, step);
        int to = offset + block * BLOCK + step * STEP;
        unpackHalf(numbers(nibbles, pairs, 0), lanes, step * (2 * COUNT), tile, to);
        unpackHalf(
            numbers(nibbles, pairs, 1), lanes, step * (2 * COUNT) + COUNT, tile, to + 4 * COUNT);
      }
    }
  }

  private static void unpackHalf(IntVector q, float[] lanes, int scales, float[] tile, int to) {
    FloatVector scale = FloatVector.fromArray(FLOATS, lanes, scales);
    for (int position = 0; position < 4; position++) {
      Lanes.toFloats(q.lanewise(VectorOperators.LSHR, 8 * position).and(0x3F).sub(32))
          .mul(scale)
          .intoArray(tile, to + position * COUNT);
    }
  }
}
