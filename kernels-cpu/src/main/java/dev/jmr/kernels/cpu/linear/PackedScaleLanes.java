package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.INT;
import static dev.jmr.kernels.cpu.vector.Lanes.INTS;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/// [PackedScales] with vectors of 16 lanes: the eight scales and eight minima of a super-block fill one vector.
final class PackedScaleLanes {
  /// For lanes 0..7 (scales) and 8..15 (minima): which of the four ints at the head of the block hold the value's low and
  /// high bits, where in them, and how many.
  private static final VectorShuffle<Integer> LOW_INT =
      shuffle(1, 1, 1, 1, 3, 3, 3, 3, 2, 2, 2, 2, 3, 3, 3, 3);

  private static final IntVector LOW_SHIFT =
      ints(0, 8, 16, 24, 0, 8, 16, 24, 0, 8, 16, 24, 4, 12, 20, 28);
  private static final IntVector LOW_BITS =
      ints(63, 63, 63, 63, 15, 15, 15, 15, 63, 63, 63, 63, 15, 15, 15, 15);
  private static final VectorShuffle<Integer> HIGH_INT =
      shuffle(0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 2, 2, 2, 2);
  private static final IntVector HIGH_SHIFT =
      ints(0, 0, 0, 0, 2, 10, 18, 26, 0, 0, 0, 0, 2, 10, 18, 26);
  private static final IntVector HIGH_BITS =
      ints(0, 0, 0, 0, 48, 48, 48, 48, 0, 0, 0, 0, 48, 48, 48, 48);
  private static final VectorMask<Float> MINIMA = VectorMask.fromLong(FLOATS, 0xFF00);

  /// The scales of the low and of the high nibbles of the first and the second packed vector, each two chunks of 32 bytes.
  static final VectorShuffle<Float> LOW_0 = halves(0, 2);

  static final VectorShuffle<Float> HIGH_0 = halves(1, 3);
  static final VectorShuffle<Float> LOW_1 = halves(4, 6);
  static final VectorShuffle<Float> HIGH_1 = halves(5, 7);

  private PackedScaleLanes() {}

  private static IntVector ints(int... values) {
    return IntVector.fromArray(INTS, values, 0);
  }

  private static VectorShuffle<Integer> shuffle(int... lanes) {
    return VectorShuffle.fromArray(INTS, lanes, 0);
  }

  private static VectorShuffle<Float> halves(int lower, int upper) {
    return VectorShuffle.fromOp(FLOATS, lane -> lane < 8 ? lower : upper);
  }

  /// The order of columns `source`, scaled by place; then sums in the lanes of the scales, against the ones, and in those of
  /// the minima.
  ///
  /// @param place the bit to which every number is moved
  static ActivationOrder order(int[] source, int place) {
    float[] scale = new float[KQuantKernel.BLOCK];
    float[] factors = new float[KQuantKernel.BLOCK];
    Arrays.fill(scale, Math.scalb(1f, 23 - place));
    Arrays.fill(factors, -scale[0]);
    return PackedScales.order(source, scale, factors);
  }

  /// Eight times `d · scale`, then eight times `dmin · minimum`. To be called where a loop body begins, while C2 still
  /// inlines what is not forced (see [Q4_KWideRow]).
  ///
  /// @param heads the 64 bytes from `block` on
  static FloatVector decode(IntVector heads, MemorySegment band, int block) {
    IntVector numbers =
        heads
            .rearrange(LOW_INT)
            .lanewise(VectorOperators.LSHR, LOW_SHIFT)
            .and(LOW_BITS)
            .or(
                heads
                    .rearrange(HIGH_INT)
                    .lanewise(VectorOperators.LSHR, HIGH_SHIFT)
                    .and(HIGH_BITS));
    int factors = band.get(INT, block);
    return ((FloatVector) numbers.convert(VectorOperators.I2F, 0))
        .mul(
            FloatVector.broadcast(FLOATS, Float.float16ToFloat((short) factors))
                .blend(Float.float16ToFloat((short) (factors >>> 16)), MINIMA));
  }
}
