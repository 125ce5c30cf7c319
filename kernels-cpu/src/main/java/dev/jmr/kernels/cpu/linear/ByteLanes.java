package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.INTS;

import dev.jmr.kernels.cpu.vector.Lanes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/// Numbers 0..255 in the bytes of ints, as the smaller K-quants make them of the parts in which they keep a weight: a
/// vector holds `4 · COUNT` weights of a super-block, all of whose lanes use one vector of scales.
///
/// Every method is inlined (`jvm.flags`).
final class ByteLanes {
  /// Vectors in a super-block.
  static final int VECTORS = KQuantKernel.BLOCK / (4 * COUNT);

  /// With 16 lanes a vector covers two runs of 32 columns, which share bytes of bits.
  private static final VectorShuffle<Integer> LOWER_TWICE =
      VectorShuffle.fromOp(INTS, lane -> lane % (COUNT == 16 ? 8 : COUNT));

  private ByteLanes() {}

  /// How activations are scaled for [#product]: it masks all bytes but the topmost in place.
  static float[] scales() {
    float[] scales = new float[KQuantKernel.BLOCK];
    for (int i = 0; i < scales.length; i++) {
      int position = i / COUNT % 4;
      scales[i] = position == 3 ? 1 : Math.scalb(1f, -8 * position);
    }
    return scales;
  }

  /// The products of the numbers and the `4 · COUNT` activations from `x[k]` on, added up in each lane.
  static FloatVector product(IntVector numbers, float[] x, int k) {
    FloatVector sum = Lanes.toFloats(numbers.and(0xFF)).mul(FloatVector.fromArray(FLOATS, x, k));
    sum = Lanes.toFloats(numbers.and(0xFF00)).fma(FloatVector.fromArray(FLOATS, x, k + COUNT), sum);
    sum =
        Lanes.toFloats(numbers.and(0xFF0000))
            .fma(FloatVector.fromArray(FLOATS, x, k + 2 * COUNT), sum);
    return Lanes.toFloats(numbers.lanewise(VectorOperators.LSHR, 24))
        .fma(FloatVector.fromArray(FLOATS, x, k + 3 * COUNT), sum);
  }

  /// Writes `number · scale + constant` to the `4 · COUNT` floats from `tile[to]` on. Without calls of our own: after two
  /// vectors of scales C2 inlines no more of them.
  static void unpack(
      IntVector numbers, FloatVector scale, FloatVector constant, float[] tile, int to) {
    ((FloatVector) numbers.and(0xFF).convert(VectorOperators.I2F, 0))
        .fma(scale, constant)
        .intoArray(tile, to);
    ((FloatVector)
            numbers.lanewise(VectorOperators.LSHR, 8).and(0xFF).convert(VectorOperators.I2F, 0))
        .fma(scale, constant)
        .intoArray(tile, to + COUNT);
    ((FloatVector)
            numbers.lanewise(VectorOperators.LSHR, 16).and(0xFF).convert(VectorOperators.I2F, 0))
        .fma(scale, constant)
        .intoArray(tile, to + 2 * COUNT);
    ((FloatVector) numbers.lanewise(VectorOperators.LSHR, 24).convert(VectorOperators.I2F, 0))
        .fma(scale, constant)
        .intoArray(tile, to + 3 * COUNT);
  }

  /// The run of 32 columns to which each lane of each vector belongs.
  static int[] runs(int[] source) {
    int[] runs = new int[VECTORS * COUNT];
    for (int i = 0; i < runs.length; i++) {
      runs[i] = source[i / COUNT * (4 * COUNT) + i % COUNT] / 32;
    }
    return runs;
  }

  /// The bit of each number of `vector` where a super-block keeps one bit per column apart: that of column `i` of run `n` is
  /// bit `n` of byte `i` from `at` on. With 16 lanes 32 bytes behind these are read as well.
  ///
  /// @param runs [#runs]
  /// @param step which vector of packed bytes it is; every run begins with a whole one
  static IntVector bits(MemorySegment band, int at, int[] runs, int vector, int step) {
    int from = COUNT == 4 ? at + step % 2 * 16 : at;
    IntVector bytes = IntVector.fromMemorySegment(INTS, band, from, Lanes.LITTLE);
    if (COUNT == 16) {
      bytes = bytes.rearrange(LOWER_TWICE);
    }
    return bytes
        .lanewise(VectorOperators.LSHR, IntVector.fromArray(INTS, runs, vector * COUNT))
        .and(0x01010101);
  }
}
