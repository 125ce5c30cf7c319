package dev.jmr.bench.serving;

/// Writes results as they come.
interface ServingWriter {
  /// Before the first result.
  ///
  /// @param description who answers
  /// @param first the answer that had the model loaded
  void begin(ServingPlan plan, String description, ServedAnswer first);

  void result(ServingResult result);

  void end();
}
