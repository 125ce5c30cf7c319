package dev.jmr.bench.compare;

import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// A row per test: both medians, and the ratio ours : theirs of the pairs.
final class ComparisonTable implements ComparisonWriter {
  private static final String ROW =
      "| %-30s | %7s | %15s | %10s | %10s | %6s | %6s | %6s | %6s | %s |%n";

  private final PrintWriter out;
  private final Set<String> engines = new LinkedHashSet<>();

  ComparisonTable(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin() {
    out.printf(
        ROW,
        "model",
        "threads",
        "test",
        "ours t/s",
        "theirs t/s",
        "ratio",
        "min",
        "max",
        "spread",
        "ratios of the pairs");
    out.printf(
        ROW,
        "-".repeat(30),
        "-".repeat(6) + ":",
        "-".repeat(14) + ":",
        "-".repeat(9) + ":",
        "-".repeat(9) + ":",
        "-".repeat(5) + ":",
        "-".repeat(5) + ":",
        "-".repeat(5) + ":",
        "-".repeat(5) + ":",
        "-".repeat(19));
    out.flush();
  }

  @Override
  public void pairs(Pairs pairs) {
    Measured ours = pairs.ours().getFirst();
    Measured theirs = pairs.theirs().getFirst();
    out.printf(
        ROW,
        ours.model(),
        threads(ours, theirs),
        pairs.test().name(),
        decimal(pairs.ourMedian()),
        decimal(pairs.theirMedian()),
        decimal(pairs.medianRatio()),
        decimal(pairs.smallestRatio()),
        decimal(pairs.largestRatio()),
        String.format(Locale.ROOT, "%.0f %%", 100 * pairs.spread()),
        pairs.ratios().stream().map(ComparisonTable::decimal).collect(Collectors.joining(" ")));
    out.flush();
    engines.add("ours: %s, %s".formatted(ours.engine(), ours.model()));
    engines.add("theirs: %s, %s".formatted(theirs.engine(), theirs.model()));
  }

  /// Ours, and theirs if they say another number.
  private static String threads(Measured ours, Measured theirs) {
    return theirs.threads() == 0 || theirs.threads() == ours.threads()
        ? "" + ours.threads()
        : ours.threads() + ":" + theirs.threads();
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  @Override
  public void end() {
    out.println();
    engines.forEach(out::println);
    out.println("medians; ratio = ours / theirs of each pair; spread = (max - min) / median ratio");
    out.flush();
  }
}
