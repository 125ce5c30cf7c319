package dev.jmr.bench.kernels;

/// What counts as agreeing with the reference.
final class Agreement {
  /// Errors of a sum of products, as a share of the sum of their sizes.
  static final double PRODUCTS = 5e-6;

  /// Errors of an operation's results, as a share of the largest one in the row.
  static final double RESULTS = 1e-4;

  private static final double TINY = 1e-30;

  private Agreement() {}

  /// `result` must be `weights · x` but for rounding.
  ///
  /// @param x activations from `offset` on
  static void requireProducts(String what, float result, float[] weights, float[] x, int offset) {
    double sum = 0;
    double size = 0;
    for (int k = 0; k < weights.length; k++) {
      double product = (double) weights[k] * x[offset + k];
      sum += product;
      size += Math.abs(product);
    }
    require(what, result, sum, PRODUCTS * size + TINY);
  }

  /// `result` must be `expected` but for `tolerance`.
  static void require(String what, double result, double expected, double tolerance) {
    if (!(Math.abs(result - expected) <= tolerance)) {
      throw new KernelBenchException(
          "%s: expected %.9g ± %.2g as the reference has it, got %.9g; the kernel is wrong, not timed"
              .formatted(what, expected, tolerance, result));
    }
  }
}
