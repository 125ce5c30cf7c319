package dev.jmr.bench.kernels;

import dev.jmr.tensor.TensorType;

/// One thing to measure.
///
/// @param type of weights, of keys and values, or of activations
/// @param tokens rows of activations
/// @param depth positions before the first token; 0 where it makes no difference
public record KernelCase(
    KernelFamily family, TensorType type, KernelShape shape, Place place, int tokens, int depth) {

  /// Makes the data, and checks on it that the kernel agrees with the reference.
  ///
  /// @param threads that work together, at least 1
  /// @throws KernelBenchException if the kernel is wrong
  public KernelWork prepare(int threads) {
    KernelWork work =
        switch (shape) {
          case KernelShape.Matrix matrix -> LinearWork.of(this, matrix, threads);
          case KernelShape.Block block -> new GraphWork(this, block, threads);
        };
    try {
      work.check();
      return work;
    } catch (RuntimeException e) {
      work.close();
      throw e;
    }
  }

  /// The case in one line, for messages.
  @Override
  public String toString() {
    return "%s %s %s %s T=%d depth=%d"
        .formatted(family.label(), type, shape.name(), place.label(), tokens, depth);
  }
}
