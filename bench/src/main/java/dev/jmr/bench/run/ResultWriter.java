package dev.jmr.bench.run;

/// Tells the user what came out, in one of the forms that llama-bench has.
public interface ResultWriter {
  /// Before the first result.
  void begin();

  /// A test is done.
  void result(Result result);

  /// After the last result; not called when a test failed.
  void end();
}
