package dev.jmr.bench.run;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/// How long a test took, each time it was run.
///
/// @param nanos one per repetition
/// @param tokens tokens of each repetition
public record Samples(long[] nanos, int tokens) {
  public Samples {
    if (nanos.length == 0) {
      throw new IllegalArgumentException("samples: expected at least one, got none");
    }
  }

  public double averageNanos() {
    return Arrays.stream(nanos).average().orElseThrow();
  }

  public double deviationNanos() {
    return deviation(Arrays.stream(nanos).asDoubleStream().toArray());
  }

  /// Tokens per second of each repetition.
  public double[] rates() {
    return Arrays.stream(nanos).mapToDouble(time -> 1e9 * tokens / time).toArray();
  }

  public double averageRate() {
    return Arrays.stream(rates()).average().orElseThrow();
  }

  public double deviationRate() {
    return deviation(rates());
  }

  /// Of a sample, not of the population: divided by one less than the count; 0 for a single one.
  private static double deviation(double... values) {
    if (values.length == 1) {
      return 0;
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = DoubleStream.of(values).map(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }
}
