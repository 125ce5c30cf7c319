package dev.jmr.model.grammar;

/// Counts what compiling costs, and ends it where it is too much.
final class CompileBudget {
  private final GrammarLimits limits;
  private final long deadlineNanos;
  private int states;

  CompileBudget(GrammarLimits limits) {
    this.limits = limits;
    this.deadlineNanos = System.nanoTime() + limits.millis() * 1_000_000L;
  }

  void spend(String location, int more) {
    states += more;
    if (states > limits.states()) {
      throw new GrammarException(
          location,
          "grammar: expected at most %d states; use fewer or smaller repetitions"
              .formatted(limits.states()));
    }
    checkTime(location);
  }

  void checkTime(String location) {
    if (System.nanoTime() - deadlineNanos > 0) {
      throw new GrammarException(
          location, "grammar: expected to compile within %d ms".formatted(limits.millis()));
    }
  }

  GrammarLimits limits() {
    return limits;
  }
}
