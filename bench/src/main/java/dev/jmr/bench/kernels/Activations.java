package dev.jmr.bench.kernels;

import java.util.SplittableRandom;

/// Arrays as the CPU backend has them: long enough that the collector gives each a region of its own, so that what
/// begins at `PAD` begins a cache line.
final class Activations {
  /// Half a region of the collector.
  private static final int SHORTEST = 1 << 18;

  private Activations() {}

  /// Normally distributed numbers.
  static float[] random(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] x = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  /// Room for at least `count` numbers.
  static float[] room(int count) {
    return new float[Math.max(SHORTEST, count)];
  }
}
