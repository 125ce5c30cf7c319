package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.INTS;
import static dev.jmr.kernels.cpu.vector.Lanes.LITTLE;

import dev.jmr.kernels.cpu.vector.Lanes;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// One block of 32 weights at a time, at any width: its 16 bytes of codes become two vectors of 16 unsigned bytes, the
/// first and the last columns, which are multiplied as ints of [#PARTS] bytes.
///
/// In the order of columns place `COUNT · part + lane` of a half is the byte `part` of the lane.
final class OneBlock {
  /// Weights in a block.
  static final int COLUMNS = 32;

  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_128;

  /// Bytes of a half block in each lane.
  private static final int PARTS = 16 / COUNT;

  /// Bits from one of a lane's bytes to the next.
  private static final int STRIDE = 32 / PARTS;

  private static final VectorShuffle<Byte> LOW_BITS = VectorShuffle.fromOp(BYTES, i -> i / 8);
  private static final VectorShuffle<Byte> HIGH_BITS = VectorShuffle.fromOp(BYTES, i -> 2 + i / 8);
  private static final ByteVector BIT =
      ByteVector.fromArray(
          BYTES, new byte[] {1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128}, 0);

  private OneBlock() {}

  /// The order of columns, with one sum of each block's activations times `factor`.
  static ActivationOrder order(int factor) {
    int[] source = new int[COLUMNS];
    float[] scales = new float[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
      int half = i / 16 * 16;
      int part = i % 16 / COUNT;
      source[i] = half + i % COUNT * PARTS + part;
      scales[i] = part == PARTS - 1 ? 1 : Math.scalb(1f, -STRIDE * part);
    }
    float[] factors = new float[COLUMNS];
    Arrays.fill(factors, factor);
    return ActivationOrder.permuted(source, scales).withSums(new int[] {0}, factors);
  }

  /// The codes of a block: low nibbles belong to the first columns, high ones to the last.
  static ByteVector codes(MemorySegment band, int at) {
    return ByteVector.fromMemorySegment(BYTES, band, at, LITTLE);
  }

  static ByteVector lowNibbles(ByteVector codes) {
    return codes.and((byte) 0xF);
  }

  static ByteVector highNibbles(ByteVector codes) {
    return lowNibbles(moved(codes));
  }

  /// The high nibbles at the places of the low ones, with four bits of no meaning above them.
  static ByteVector moved(ByteVector codes) {
    return codes.reinterpretAsInts().lanewise(VectorOperators.LSHR, 4).reinterpretAsBytes();
  }

  /// Numbers of the first columns, or of the last, with their fifth bits.
  static ByteVector lowFives(ByteVector codes, int fifthBits) {
    return fives(lowNibbles(codes), fifthBits, LOW_BITS);
  }

  static ByteVector highFives(ByteVector codes, int fifthBits) {
    return fives(highNibbles(codes), fifthBits, HIGH_BITS);
  }

  private static ByteVector fives(ByteVector nibbles, int fifthBits, VectorShuffle<Byte> bytes) {
    ByteVector bits =
        IntVector.broadcast(IntVector.SPECIES_128, fifthBits)
            .reinterpretAsBytes()
            .rearrange(bytes)
            .and(BIT);
    return nibbles.add((byte) 16, bits.compare(VectorOperators.EQ, BIT));
  }

  /// The products of a block's numbers and the activations at `x[k ..]`. Bytes are converted where they lie in their ints;
  /// the topmost is shifted down, as it would make the int negative.
  static FloatVector products(ByteVector low, ByteVector high, float[] x, int k) {
    if (COUNT == 4) {
      IntVector first = low.reinterpretAsInts();
      FloatVector a =
          ((FloatVector) first.and(0xFF).convert(VectorOperators.I2F, 0))
              .mul(FloatVector.fromArray(FLOATS, x, k));
      a =
          ((FloatVector) first.and(0xFF00).convert(VectorOperators.I2F, 0))
              .fma(FloatVector.fromArray(FLOATS, x, k + 4), a);
      a =
          ((FloatVector) first.and(0xFF0000).convert(VectorOperators.I2F, 0))
              .fma(FloatVector.fromArray(FLOATS, x, k + 8), a);
      a =
          ((FloatVector) first.lanewise(VectorOperators.LSHR, 24).convert(VectorOperators.I2F, 0))
              .fma(FloatVector.fromArray(FLOATS, x, k + 12), a);
      IntVector last = high.reinterpretAsInts();
      a =
          ((FloatVector) last.and(0xFF).convert(VectorOperators.I2F, 0))
              .fma(FloatVector.fromArray(FLOATS, x, k + 16), a);
      a =
          ((FloatVector) last.and(0xFF00).convert(VectorOperators.I2F, 0))
              .fma(FloatVector.fromArray(FLOATS, x, k + 20), a);
      a =
          ((FloatVector) last.and(0xFF0000).convert(VectorOperators.I2F, 0))
              .fma(FloatVector.fromArray(FLOATS, x, k + 24), a);
      return ((FloatVector) last.lanewise(VectorOperators.LSHR, 24).convert(VectorOperators.I2F, 0))
          .fma(FloatVector.fromArray(FLOATS, x, k + 28), a);
    }
    if (COUNT == 8) {
      IntVector first =
          ((ShortVector)
                  low.convertShape(VectorOperators.ZERO_EXTEND_B2S, ShortVector.SPECIES_256, 0))
              .reinterpretAsInts();
      FloatVector a =
          ((FloatVector) first.and(0xFF).convert(VectorOperators.I2F, 0))
              .mul(FloatVector.fromArray(FLOATS, x, k));
      a =
          ((FloatVector) first.lanewise(VectorOperators.LSHR, 16).convert(VectorOperators.I2F, 0))
              .fma(FloatVector.fromArray(FLOATS, x, k + 8), a);
      IntVector last =
          ((ShortVector)
                  high.convertShape(VectorOperators.ZERO_EXTEND_B2S, ShortVector.SPECIES_256, 0))
              .reinterpretAsInts();
      a =
          ((FloatVector) last.and(0xFF).convert(VectorOperators.I2F, 0))
              .fma(FloatVector.fromArray(FLOATS, x, k + 16), a);
      return ((FloatVector) last.lanewise(VectorOperators.LSHR, 16).convert(VectorOperators.I2F, 0))
          .fma(FloatVector.fromArray(FLOATS, x, k + 24), a);
    }
    IntVector first = (IntVector) low.convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
    FloatVector a =
        ((FloatVector) first.convert(VectorOperators.I2F, 0))
            .mul(FloatVector.fromArray(FLOATS, x, k));
    IntVector last = (IntVector) high.convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
    return ((FloatVector) last.convert(VectorOperators.I2F, 0))
        .fma(FloatVector.fromArray(FLOATS, x, k + 16), a);
  }

  /// Writes `scale · number + least` for a block's numbers to `tile[to ..]`.
  static void store(
      ByteVector low, ByteVector high, float scale, float least, float[] tile, int to) {
    storeHalf(ints(low), scale, least, tile, to);
    storeHalf(ints(high), scale, least, tile, to + 16);
  }

  private static void storeHalf(IntVector numbers, float scale, float least, float[] tile, int to) {
    FloatVector factor = FloatVector.broadcast(FLOATS, scale);
    FloatVector base = FloatVector.broadcast(FLOATS, least);
    for (int part = 0; part < PARTS; part++) {
      Lanes.toFloats(numbers.lanewise(VectorOperators.LSHR, STRIDE * part).and(0xFF))
          .fma(factor, base)
          .intoArray(tile, to + COUNT * part);
    }
  }

  /// 16 bytes as ints of as many bytes each as fill a vector.
  private static IntVector ints(ByteVector bytes) {
    if (COUNT == 16) {
      return (IntVector) bytes.convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
    }
    if (COUNT == 8) {
      return ((ShortVector)
              bytes.convertShape(VectorOperators.ZERO_EXTEND_B2S, ShortVector.SPECIES_256, 0))
          .reinterpretAsInts();
    }
    return bytes.reinterpretAsInts();
  }
}
