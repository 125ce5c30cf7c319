package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.INTS;

import dev.jmr.kernels.cpu.vector.Lanes;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// IQ4_XS: super-blocks of 136 bytes: `d`, two bytes with the upper pairs of eight 6-bit scales, four with their lower
/// nibbles, then for each sub-block of 32 columns 16 bytes of codes: the low nibbles are the first 16 columns, the high ones
/// the others.
///
/// `weight = d · (scale - 32) · level(code)`, see [Codebook16]. With 16 lanes the levels are looked up as floats (not every
/// processor can look up 64 bytes at once), with fewer as bytes.
final class IQ4_XSKernel extends KQuantKernel {
  static final int BLOCK_BYTES = 136;
  static final int SCALE_BYTES = 4;
  static final int CODES = 8;

  /// Columns that the low or the high nibbles of 16 bytes hold: half of those that share a scale.
  private static final int RUN = 16;

  private static final int NIBBLES = 0x0F0F0F0F;

  private static final int[] SOURCE = source(2, RUN);
  private static final ScaleLanes LANES = new ScaleLanes(SOURCE, RUN);
  private static final ByteVector LEVELS = levels();

  private final ActivationOrder order =
      COUNT == 16 ? ActivationOrder.permuted(SOURCE, ones()) : order(SOURCE);

  /// The levels as often as a vector has room for them.
  private static ByteVector levels() {
    VectorSpecies<Byte> species = VectorSpecies.of(byte.class, VectorShape.forBitSize(Lanes.BITS));
    byte[] levels = new byte[species.length()];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = Codebook16.IQ4_BYTES.lane(i % 16);
    }
    return ByteVector.fromArray(species, levels, 0);
  }

  private static float[] ones() {
    float[] ones = new float[BLOCK];
    Arrays.fill(ones, 1);
    return ones;
  }

  /// Sums for both halves of each sub-block, against the excess of the levels.
  private static ActivationOrder order(int[] source) {
    int[] columns = new int[16];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = i * RUN;
    }
    float[] factors = new float[BLOCK];
    Arrays.fill(factors, -Codebook16.EXCESS);
    return ActivationOrder.permuted(source, ByteLanes.scales()).withSums(columns, factors);
  }

  IQ4_XSKernel() {
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
    for (int r = 0; r < rowCount; r++) {
      out[to + r] = IQ4_XSWideRow.rowProduct(band, row + r * rowBytes, blocks, x, at);
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

  /// Every scale twice: once for each half of its sub-block.
  private static void decodeScales(MemorySegment band, int block, float[] out, int offset) {
    float d = Lanes.half(band, block);
    int upper = band.get(Lanes.SHORT, block + 2);
    int lower = band.get(Lanes.INT, block + SCALE_BYTES);
    for (int i = 0; i < 8; i++) {
      int scale = (lower >>> (4 * i) & 0xF) | (upper >>> (2 * i) & 3) << 4;
      out[offset + 2 * i] = d * (scale - 32);
      out[offset + 2 * i + 1] = out[offset + 2 * i];
    }
  }

  @Override
  void products(
      MemorySegment band, int first, int count, float[] x, int at, float[] scratch, int sum) {
    FloatVector total = FloatVector.fromArray(FLOATS, scratch, sum);
    ByteVector levels = LEVELS;
    int vectors = count * ByteLanes.VECTORS;
    for (int i = 0; i < vectors; i++) {
      int block = first + i / ByteLanes.VECTORS * BLOCK_BYTES;
      IntVector numbers =
          codes(band, block, i % ByteLanes.VECTORS)
              .and(NIBBLES)
              .reinterpretAsBytes()
              .selectFrom(levels)
              .reinterpretAsInts();
      total =
          ByteLanes.product(numbers, x, at + i * (4 * COUNT))
              .fma(FloatVector.fromArray(FLOATS, scratch, SCALES + i * COUNT), total);
    }
    total.intoArray(scratch, sum);
  }

  /// In the lower nibble of each byte; the upper one is of no meaning.
  private static IntVector codes(MemorySegment band, int block, int vector) {
    return IntVector.fromMemorySegment(
            INTS, band, block + CODES + vector / 2 * (4 * COUNT), Lanes.LITTLE)
        .lanewise(VectorOperators.LSHR, vector % 2 * 4);
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
        IntVector codes = codes(band, at, i);
        FloatVector scale = LANES.lanes(scales, 0, i);
        int to = offset + block * BLOCK + i * (4 * COUNT);
        if (COUNT == 16) {
          storeLevels(codes, scale, tile, to);
        } else {
          IntVector numbers =
              codes.and(NIBBLES).reinterpretAsBytes().selectFrom(LEVELS).reinterpretAsInts();
          ByteLanes.unpack(numbers, scale, scale.mul(-Codebook16.EXCESS), tile, to);
        }
      }
    }
  }

  private static void storeLevels(IntVector codes, FloatVector scale, float[] tile, int to) {
    IntVector levels = Codebook16.IQ4_FLOATS;
    for (int position = 0; position < 4; position++) {
      codes
          .lanewise(VectorOperators.LSHR, 8 * position)
          .selectFrom(levels)
          .reinterpretAsFloats()
          .mul(scale)
          .intoArray(tile, to + position * COUNT);
    }
  }
}
