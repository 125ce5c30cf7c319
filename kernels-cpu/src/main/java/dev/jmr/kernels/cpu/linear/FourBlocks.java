package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.INTS;

import dev.jmr.kernels.cpu.vector.Lanes;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Four blocks of 32 weights at a time, for vectors of 16 lanes: four lanes hold the 16 bytes of codes of one block, so
/// that one vector has the codes of all, and another their scales.
///
/// The blocks are read as two overlapping vectors of shorts, the second ending where the blocks end; what is wanted of
/// them is selected by number. In the order of columns place `16 · n + lane` is the nibble at bit `4 · n` of the lane.
///
/// A nibble becomes a float without conversion, as in [Q4_KWideRow]: at bit 18 of 1.0 it reads as `1 + nibble / 32`.
/// Activations carry the 32, and the sums, one for each lane, take the ones away.
///
/// Products are written out with calls of the Vector API alone, and come last in a loop, for the reason that
/// [Q4_KWideRow] gives.
final class FourBlocks {
  /// Weights in four blocks.
  static final int COLUMNS = 128;

  static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_512;

  /// The bit to which numbers are moved. A higher one would be out of the mantissa; with lower ones more cancels.
  static final int PLACE = 18;

  /// What activations are multiplied by.
  static final float ONES = 1 << (23 - PLACE);

  private static final int BLOCK = 32;
  private static final int LANES = 16;
  private static final int VECTOR_BYTES = 64;

  /// The bits of 1.0.
  static final IntVector ONE = IntVector.broadcast(INTS, Float.floatToRawIntBits(1));

  /// Those that a five-bit number may have.
  static final IntVector FIVE_BITS = IntVector.broadcast(INTS, 0x1F << PLACE);

  static final IntVector NIBBLE = IntVector.broadcast(INTS, 0xF << PLACE);
  private static final IntVector LOW_FOUR = IntVector.broadcast(INTS, 0xF);
  private static final IntVector FIFTH = IntVector.broadcast(INTS, 0x10101010);

  /// Moves four neighbouring bits to the fifth places of four bytes.
  private static final IntVector TO_FIFTH = IntVector.broadcast(INTS, 0x02040810);

  /// Exponent and mantissa of a half, moved to a float's places, and what its exponent is too small by.
  private static final IntVector MAGNITUDE = IntVector.broadcast(INTS, 0x0FFFE000);

  private static final IntVector EXPONENT_ADJUSTMENT = IntVector.broadcast(INTS, 112 << 23);
  private static final IntVector SIGN = IntVector.broadcast(INTS, Integer.MIN_VALUE);
  private static final FloatVector TWO = FloatVector.broadcast(FLOATS, 2);
  private static final FloatVector EXCESS_OF_DOUBLED = FloatVector.broadcast(FLOATS, -0x1p-14f);

  /// Where the fifth bits of a lane's first four columns are.
  private static final IntVector FIFTH_BIT =
      IntVector.fromArray(INTS, new int[] {0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12}, 0);

  private FourBlocks() {}

  /// The order of columns with unscaled activations and no sums.
  static ActivationOrder order() {
    return order(1);
  }

  /// The order of columns with activations times [#ONES], and for each lane a sum that takes the ones of as many weights
  /// of its block away, and `excess` of each.
  static ActivationOrder orderWithOnes(int excess) {
    int[] columns = new int[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      columns[lane] = lane * COLUMNS / LANES;
    }
    float[] factors = new float[COLUMNS];
    Arrays.fill(factors, -ONES - excess);
    return order(ONES).withSums(columns, factors);
  }

  private static ActivationOrder order(float scale) {
    int[] source = new int[COLUMNS];
    float[] scales = new float[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
      int lane = i % LANES;
      int nibble = i / LANES;
      source[i] = lane / 4 * BLOCK + nibble % 2 * (BLOCK / 2) + lane % 4 * 4 + nibble / 2;
      scales[i] = scale;
    }
    return ActivationOrder.permuted(source, scales);
  }

  /// Where the second of the two vectors begins.
  static int second(int blockBytes) {
    return 4 * blockBytes - VECTOR_BYTES;
  }

  /// Selects from each block the `count` shorts at byte `at`, over and over, for the eight shorts of its four lanes.
  ///
  /// @param first where the first of the two vectors begins
  static ShortVector selection(int blockBytes, int first, int at, int count) {
    short[] numbers = new short[SHORTS.length()];
    int second = second(blockBytes);
    for (int i = 0; i < numbers.length; i++) {
      int from = i / 8 * blockBytes + at + i % count * 2;
      boolean inFirst =
          from >= first && from + 2 <= first + VECTOR_BYTES && (from - first) % 2 == 0;
      numbers[i] = (short) (inFirst ? (from - first) / 2 : SHORTS.length() + (from - second) / 2);
    }
    return ShortVector.fromArray(SHORTS, numbers, 0);
  }

  /// The upper halves of ints, half-precision numbers, as floats. Infinite and NaN ones do not occur in models that work.
  ///
  /// With the exponent adjusted subnormals `s` read as `f = (s + 2^-14) / 2`. Doubling and taking away what is too much
  /// makes them right and all others larger; no operand is a subnormal float, which would cost tens of cycles.
  static FloatVector upperHalves(IntVector halves) {
    IntVector adjusted =
        halves.lanewise(VectorOperators.LSHR, 3).and(MAGNITUDE).add(EXPONENT_ADJUSTMENT);
    return adjusted
        .min(adjusted.reinterpretAsFloats().fma(TWO, EXCESS_OF_DOUBLED).reinterpretAsInts())
        .lanewise(VectorOperators.BITWISE_BLEND, halves, SIGN)
        .reinterpretAsFloats();
  }

  /// The lower halves of ints.
  static FloatVector lowerHalves(IntVector halves) {
    return upperHalves(halves.lanewise(VectorOperators.LSHL, 16));
  }

  /// The ints' lower nibbles in bytes, each with its fifth bit, and three bits of no meaning above it.
  ///
  /// @param fifthBits in each lane those of its block
  static IntVector lowFives(IntVector codes, IntVector fifthBits) {
    IntVector four = fifthBits.lanewise(VectorOperators.LSHR, FIFTH_BIT).and(LOW_FOUR);
    return codes.lanewise(VectorOperators.BITWISE_BLEND, four.mul(TO_FIFTH), FIFTH);
  }

  /// The ints' upper nibbles likewise.
  static IntVector highFives(IntVector codes, IntVector fifthBits) {
    return lowFives(
        codes.lanewise(VectorOperators.LSHR, 4), fifthBits.lanewise(VectorOperators.LSHR, 16));
  }

  /// `sums` plus the products of eight nibbles per lane and the activations at `x[k ..]`.
  static FloatVector nibbleProducts(IntVector codes, float[] x, int k, FloatVector sums) {
    FloatVector a =
        codes
            .lanewise(VectorOperators.LSHL, 18)
            .and(NIBBLE)
            .or(ONE)
            .reinterpretAsFloats()
            .fma(FloatVector.fromArray(FLOATS, x, k), sums);
    a =
        codes
            .lanewise(VectorOperators.LSHL, 14)
            .and(NIBBLE)
            .or(ONE)
            .reinterpretAsFloats()
            .fma(FloatVector.fromArray(FLOATS, x, k + 16), a);
    a =
        codes
            .lanewise(VectorOperators.LSHL, 10)
            .and(NIBBLE)
            .or(ONE)
            .reinterpretAsFloats()
            .fma(FloatVector.fromArray(FLOATS, x, k + 32), a);
    a =
        codes
            .lanewise(VectorOperators.LSHL, 6)
            .and(NIBBLE)
            .or(ONE)
            .reinterpretAsFloats()
            .fma(FloatVector.fromArray(FLOATS, x, k + 48), a);
    a =
        codes
            .lanewise(VectorOperators.LSHL, 2)
            .and(NIBBLE)
            .or(ONE)
            .reinterpretAsFloats()
            .fma(FloatVector.fromArray(FLOATS, x, k + 64), a);
    a =
        codes
            .lanewise(VectorOperators.LSHR, 2)
            .and(NIBBLE)
            .or(ONE)
            .reinterpretAsFloats()
            .fma(FloatVector.fromArray(FLOATS, x, k + 80), a);
    a =
        codes
            .lanewise(VectorOperators.LSHR, 6)
            .and(NIBBLE)
            .or(ONE)
            .reinterpretAsFloats()
            .fma(FloatVector.fromArray(FLOATS, x, k + 96), a);
    return codes
        .lanewise(VectorOperators.LSHR, 10)
        .and(NIBBLE)
        .or(ONE)
        .reinterpretAsFloats()
        .fma(FloatVector.fromArray(FLOATS, x, k + 112), a);
  }

  /// The products of eight levels per lane and the activations at `x[k ..]`.
  static FloatVector levelProducts(IntVector codes, IntVector levels, float[] x, int k) {
    FloatVector a =
        codes.selectFrom(levels).reinterpretAsFloats().mul(FloatVector.fromArray(FLOATS, x, k));
    a =
        codes
            .lanewise(VectorOperators.LSHR, 4)
            .selectFrom(levels)
            .reinterpretAsFloats()
            .fma(FloatVector.fromArray(FLOATS, x, k + 16), a);
    a =
        codes
            .lanewise(VectorOperators.LSHR, 8)
            .selectFrom(levels)
            .reinterpretAsFloats()
            .fma(FloatVector.fromArray(FLOATS, x, k + 32), a);
    a =
        codes
            .lanewise(VectorOperators.LSHR, 12)
            .selectFrom(levels)
            .reinterpretAsFloats()
            .fma(FloatVector.fromArray(FLOATS, x, k + 48), a);
    a =
        codes
            .lanewise(VectorOperators.LSHR, 16)
            .selectFrom(levels)
            .reinterpretAsFloats()
            .fma(FloatVector.fromArray(FLOATS, x, k + 64), a);
    a =
        codes
            .lanewise(VectorOperators.LSHR, 20)
            .selectFrom(levels)
            .reinterpretAsFloats()
            .fma(FloatVector.fromArray(FLOATS, x, k + 80), a);
    a =
        codes
            .lanewise(VectorOperators.LSHR, 24)
            .selectFrom(levels)
            .reinterpretAsFloats()
            .fma(FloatVector.fromArray(FLOATS, x, k + 96), a);
    return codes
        .lanewise(VectorOperators.LSHR, 28)
        .selectFrom(levels)
        .reinterpretAsFloats()
        .fma(FloatVector.fromArray(FLOATS, x, k + 112), a);
  }

  /// Writes `scale · nibble + least` for eight nibbles per lane to `tile[to ..]`.
  static void storeNibbles(
      IntVector codes, FloatVector scale, FloatVector least, float[] tile, int to) {
    for (int nibble = 0; nibble < 8; nibble++) {
      Lanes.toFloats(codes.lanewise(VectorOperators.LSHR, 4 * nibble).and(0xF))
          .fma(scale, least)
          .intoArray(tile, to + 16 * nibble);
    }
  }

  /// Writes `scale · level` for eight levels per lane to `tile[to ..]`.
  static void storeLevels(
      IntVector codes, IntVector levels, FloatVector scale, float[] tile, int to) {
    for (int nibble = 0; nibble < 8; nibble++) {
      codes
          .lanewise(VectorOperators.LSHR, 4 * nibble)
          .selectFrom(levels)
          .reinterpretAsFloats()
          .mul(scale)
          .intoArray(tile, to + 16 * nibble);
    }
  }
}
