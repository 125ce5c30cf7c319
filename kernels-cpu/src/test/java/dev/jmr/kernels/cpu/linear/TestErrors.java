package dev.jmr.kernels.cpu.linear;

import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;

/// Error bounds in AssertJ's words.
final class TestErrors {
  private TestErrors() {}

  static Offset<Double> within(double bound) {
    return Offset.offset(bound);
  }

  static Percentage relative(double bound) {
    return Percentage.withPercentage(100 * bound);
  }
}
