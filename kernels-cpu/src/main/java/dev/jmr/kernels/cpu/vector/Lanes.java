package dev.jmr.kernels.cpu.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// The vector width of this JVM, as constants that the compiler folds, and the loads that depend on it.
///
/// 128, 256 or 512 bits: what the machine prefers, or the system property `jmr.vector.bits`.
public final class Lanes {
  /// Bits of a vector.
  public static final int BITS =
      Integer.getInteger(
          "jmr.vector.bits", Math.min(512, FloatVector.SPECIES_PREFERRED.vectorBitSize()));

  /// Floats in a vector, `L`: 4, 8 or 16.
  public static final int COUNT = BITS / Float.SIZE;

  /// Floats that arrays read by vectors leave unused at the beginning, so that what follows begins a cache line: a float
  /// array's elements begin 16 bytes after it. Holds for arrays that the collector places in regions of their own; for
  /// others loads may cross cache lines, which costs time only.
  public static final int PAD = 12;

  public static final VectorSpecies<Float> FLOATS =
      VectorSpecies.of(float.class, VectorShape.forBitSize(BITS));
  public static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, VectorShape.forBitSize(BITS));

  public static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
  public static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE);
  public static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE);
  public static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE);

  private static final IntVector BYTE_SHIFTS =
      IntVector.fromArray(INTS, new int[] {0, 8, 16, 24, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 0);
  private static final IntVector SIGN_SHIFTS =
      IntVector.fromArray(INTS, new int[] {24, 16, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 0);

  private Lanes() {}

  /// `L` bytes from `offset` on as numbers 0..255, one per lane.
  public static IntVector unsignedBytes(MemorySegment source, int offset) {
    if (COUNT == 16) {
      return (IntVector)
          ByteVector.fromMemorySegment(ByteVector.SPECIES_128, source, offset, LITTLE)
              .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
    }
    if (COUNT == 8) {
      return (IntVector)
          ByteVector.fromMemorySegment(ByteVector.SPECIES_64, source, offset, LITTLE)
              .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
    }
    return IntVector.broadcast(INTS, source.get(INT, offset))
        .lanewise(VectorOperators.LSHR, BYTE_SHIFTS)
        .and(0xFF);
  }

  /// `L` bytes from `offset` on as numbers -128..127, one per lane.
  public static IntVector signedBytes(MemorySegment source, int offset) {
    if (COUNT == 16) {
      return (IntVector)
          ByteVector.fromMemorySegment(ByteVector.SPECIES_128, source, offset, LITTLE)
              .convertShape(VectorOperators.B2I, INTS, 0);
    }
    if (COUNT == 8) {
      return (IntVector)
          ByteVector.fromMemorySegment(ByteVector.SPECIES_64, source, offset, LITTLE)
              .convertShape(VectorOperators.B2I, INTS, 0);
    }
    return IntVector.broadcast(INTS, source.get(INT, offset))
        .lanewise(VectorOperators.LSHL, SIGN_SHIFTS)
        .lanewise(VectorOperators.ASHR, 24);
  }

  /// The same numbers as floats.
  public static FloatVector toFloats(IntVector numbers) {
    return (FloatVector) numbers.convert(VectorOperators.I2F, 0);
  }

  /// A half-precision number.
  public static float half(MemorySegment source, int offset) {
    return Float.float16ToFloat(source.get(SHORT, offset));
  }
}
