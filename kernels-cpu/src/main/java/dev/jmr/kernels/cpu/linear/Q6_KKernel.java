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
import jdk.incubator.vector.VectorShuffle;

/// Q6_K: super-blocks of 210 bytes: 128 bytes of lower nibbles, 64 bytes of upper bit pairs, 16 signed scales, `d`.
///
/// Each half (128 columns) has 64 nibble bytes and 32 pair bytes; a pair byte serves four columns 32 apart.
/// `weight = d · scale · (number - 32)`.
final class Q6_KKernel extends KQuantKernel {
  static final int BLOCK_BYTES = 210;
  static final int PAIRS = 128;
  static final int SCALE_BYTES = 192;
  static final int D = 208;
  private static final int SUB_BLOCK = 16;
  private static final int NIBBLE_PLACES = 0x0F0F0F0F;

  /// Vectors of packed nibbles per super-block, and the weights in one.
  private static final int STEPS = 32 / COUNT;

  private static final int STEP = 8 * COUNT;

  private static final int[] SOURCE = source(2, 64);
  private static final ScaleLanes LANES = new ScaleLanes(SOURCE, SUB_BLOCK);

  /// At 512 bits a vector of nibbles covers a half, whose 32 pair bytes are needed twice.
  private static final VectorShuffle<Integer> UPPER_TWICE =
      VectorShuffle.fromOp(INTS, lane -> COUNT / 2 + lane % (COUNT / 2));

  /// How far the pairs are shifted down for each packed vector.
  private static final int[] PAIR_SHIFTS = pairShifts();

  private final ActivationOrder order = COUNT == 16 ? Q6_KWideRow.order(SOURCE) : order(SOURCE);

  private static ActivationOrder order(int[] source) {
    int[] columns = new int[16];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = i * SUB_BLOCK;
    }
    float[] factors = new float[BLOCK];
    Arrays.fill(factors, -32);
    return ActivationOrder.permuted(source, scales()).withSums(columns, factors);
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

  Q6_KKernel() {
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
      Q6_KWideRow.rowProducts(band, row + r * rowBytes, rowBytes, rows, blocks, x, at, out, to + r);
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
    Q6_KWidePair.rowProducts(band, row, rowBytes, rowCount, blocks, x, out, pair);
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

  private static void decodeScales(MemorySegment band, int block, float[] out, int offset) {
    FloatVector d = FloatVector.broadcast(FLOATS, Lanes.half(band, block + D));
    for (int i = 0; i < 16; i += COUNT) {
      Lanes.toFloats(Lanes.signedBytes(band, block + SCALE_BYTES + i))
          .mul(d)
          .intoArray(out, offset + i);
    }
  }

  @Override
  void products(
      MemorySegment band, int first, int count, float[] x, int at, float[] scratch, int sum) {
    products(band, first, count, x, at, scratch, sum, 0);
    products(band, first, count, x, at, scratch, sum, 1);
  }

  /// The products of the low (`half` 0) or high (1) nibbles. One pass over both would be too large a method.
  private static void products(
      MemorySegment band,
      int first,
      int count,
      float[] x,
      int at,
      float[] scratch,
      int sum,
      int half) {
    FloatVector total = FloatVector.fromArray(FLOATS, scratch, sum);
    IntVector bits0 = IntVector.broadcast(INTS, 0x3F);
    IntVector bits8 = IntVector.broadcast(INTS, 0x3F00);
    IntVector bits16 = IntVector.broadcast(INTS, 0x3F0000);
    IntVector bits24 = IntVector.broadcast(INTS, 0x3F000000);
    int steps = count * STEPS;
    for (int i = 0; i < steps; i++) {
      int k = at + i * STEP + half * (4 * COUNT);
      IntVector q = numbers(band, first + i / STEPS * BLOCK_BYTES, i % STEPS, half);
      FloatVector part = Lanes.toFloats(q.and(bits0)).mul(FloatVector.fromArray(FLOATS, x, k));
      part = Lanes.toFloats(q.and(bits8)).fma(FloatVector.fromArray(FLOATS, x, k + COUNT), part);
      part =
          Lanes.toFloats(q.and(bits16)).fma(FloatVector.fromArray(FLOATS, x, k + 2 * COUNT), part);
      part =
          Lanes.toFloats(q.and(bits24)).fma(FloatVector.fromArray(FLOATS, x, k + 3 * COUNT), part);
      int scale = SCALES + (2 * i + half) * COUNT;
      total = part.fma(FloatVector.fromArray(FLOATS, scratch, scale), total);
    }
    total.intoArray(scratch, sum);
  }

  /// The pair bytes that belong to the nibbles of `step`, shifted so that bits 0-1 of each byte complete its low nibble
  /// and bits 4-5 its high one.
  private static IntVector pairs(MemorySegment band, int block, int step) {
    if (COUNT == 16) {
      // the 32 bytes before are read as well: they are part of the block, those behind may not be
      return IntVector.fromMemorySegment(INTS, band, block + PAIRS - 32 + step * 32, Lanes.LITTLE)
          .rearrange(UPPER_TWICE)
          .lanewise(VectorOperators.LSHR, IntVector.fromArray(INTS, PAIR_SHIFTS, 0));
    }
    int at = PAIRS + step * (4 * COUNT) / 64 * 32 + step * (4 * COUNT) % 32;
    return IntVector.fromMemorySegment(INTS, band, block + at, Lanes.LITTLE)
        .lanewise(VectorOperators.LSHR, IntVector.fromArray(INTS, PAIR_SHIFTS, step * COUNT));
  }

  /// Six-bit numbers, one per byte; the two bits above them are of no meaning.
  private static IntVector numbers(MemorySegment band, int block, int step, int half) {
    IntVector nibbles =
        IntVector.fromMemorySegment(INTS, band, block + step * (4 * COUNT), Lanes.LITTLE)
            .lanewise(VectorOperators.LSHR, 4 * half)
            .and(NIBBLE_PLACES);
    return pairs(band, block, step)
        .lanewise(VectorOperators.LSHL, 4 - 4 * half)
        .and(~NIBBLE_PLACES)
        .or(nibbles);
  }

  @Override
  public void unpack(
      MemorySegment band, int byteOffset, int column, int count, float[] tile, int offset) {
    if (COUNT == 16) {
      int first = byteOffset + column / BLOCK * BLOCK_BYTES;
      Q6_KWideUnpack.unpackBlocks(band, first, count / BLOCK, tile, offset);
      return;
    }
    float[] lanes = new float[ScaleLanes.LENGTH + 16];
    int start = byteOffset + column / BLOCK * BLOCK_BYTES;
    for (int block = 0; block < count / BLOCK; block++) {
      int at = start + block * BLOCK_BYTES;
      decodeScales(band, at, lanes, ScaleLanes.LENGTH);
      LANES.spread(lanes, ScaleLanes.LENGTH, lanes, 0);
      for (int step = 0; step < STEPS; step++) {
        for (int half = 0; half < 2; half++) {
          int to = offset + block * BLOCK + step * STEP + half * (4 * COUNT);
          unpackHalf(numbers(band, at, step, half), lanes, (2 * step + half) * COUNT, tile, to);
        }
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
