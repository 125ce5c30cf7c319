package dev.jmr.bench.compare;

import dev.jmr.bench.run.TestCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One test, run in turn by both: pair `i` is our run `i` and theirs right after it.
///
/// @param test which
/// @param ours what we reached; at least one
/// @param theirs what they reached; as many
public record Pairs(TestCase test, List<Measured> ours, List<Measured> theirs) {
  public Pairs {
    if (ours.isEmpty() || ours.size() != theirs.size()) {
      throw new IllegalArgumentException(
          "pairs: expected as many of each, got %d and %d".formatted(ours.size(), theirs.size()));
    }
    ours = List.copyOf(ours);
    theirs = List.copyOf(theirs);
  }

  double ourMedian() {
    return median(ours.stream().mapToDouble(Measured::rate).toArray());
  }

  double theirMedian() {
    return median(theirs.stream().mapToDouble(Measured::rate).toArray());
  }

  /// Our rate in units of theirs, for each pair.
  List<Double> ratios() {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < ours.size(); i++) {
      ratios.add(ours.get(i).rate() / theirs.get(i).rate());
    }
    return ratios;
  }

  double smallestRatio() {
    return ratios().stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  double medianRatio() {
    return median(ratios().stream().mapToDouble(Double::doubleValue).toArray());
  }

  double largestRatio() {
    return ratios().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /// How far the ratios lie apart, as a part of their median.
  double spread() {
    return (largestRatio() - smallestRatio()) / medianRatio();
  }

  private static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
