package dev.jmr.bench.compare;

import java.io.PrintWriter;

/// Tells the user what a comparison brought.
public sealed interface ComparisonWriter permits ComparisonTable, ComparisonJson {
  /// As a table for people.
  static ComparisonWriter markdown(PrintWriter out) {
    return new ComparisonTable(out);
  }

  /// As one JSON array.
  static ComparisonWriter json(PrintWriter out) {
    return new ComparisonJson(out);
  }

  /// Before the first test.
  void begin();

  /// All pairs of one test.
  void pairs(Pairs pairs);

  /// After the last test; not called when a test failed.
  void end();
}
