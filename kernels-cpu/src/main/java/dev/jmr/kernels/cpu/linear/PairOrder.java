package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;

import java.util.Arrays;

/// The order of kernels that read two 16-bit weights as one int: all even columns of a block, then all odd ones.
final class PairOrder {
  private PairOrder() {}

  /// Blocks of two vectors; every activation is scaled by `scale`, a power of two.
  static ActivationOrder scaledBy(float scale) {
    int[] source = new int[2 * COUNT];
    for (int lane = 0; lane < COUNT; lane++) {
      source[lane] = 2 * lane;
      source[COUNT + lane] = 2 * lane + 1;
    }
    float[] scales = new float[2 * COUNT];
    Arrays.fill(scales, scale);
    return ActivationOrder.permuted(source, scales);
  }
}
