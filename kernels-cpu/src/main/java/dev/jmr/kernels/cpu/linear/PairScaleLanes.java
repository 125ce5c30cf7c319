package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;

import jdk.incubator.vector.VectorShuffle;

/// Which of sixteen scales belong to the 16 lanes of the two-bit fields of Q2_K and Q3_K: fields of equal place are runs of
/// 32 columns, one in each half of the super-block, and 16 columns share a scale.
final class PairScaleLanes {
  private PairScaleLanes() {}

  static VectorShuffle<Float> run(int place) {
    return VectorShuffle.fromOp(FLOATS, lane -> lane / 8 * 8 + 2 * place + lane / 4 % 2);
  }
}
