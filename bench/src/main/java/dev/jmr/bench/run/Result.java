package dev.jmr.bench.run;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// One test's outcome.
///
/// @param session what it ran on
/// @param test what was run
/// @param time when it began
/// @param samples how long it took
/// @param peakBytes the most resident memory since the model was loaded; empty where the system does not tell
/// @param phases where the time went; empty if nobody asked
public record Result(
    SessionFacts session,
    TestCase test,
    Instant time,
    Samples samples,
    OptionalLong peakBytes,
    List<Phase> phases) {
  public Result {
    phases = List.copyOf(phases);
  }

  /// Nanoseconds until the first token can be drawn: the time of the prompt. Empty unless the test is a prompt alone.
  public OptionalDouble firstTokenNanos() {
    return test.generation() == 0
        ? OptionalDouble.of(samples.averageNanos())
        : OptionalDouble.empty();
  }

  /// Bytes of weights read per second. Empty unless the test is generation alone.
  public OptionalDouble weightBytesPerSecond() {
    return test.prompt() == 0
        ? OptionalDouble.of(samples.averageRate() * session.tokenWeightBytes())
        : OptionalDouble.empty();
  }

  /// What part of what a plain loop reads that is. Empty where one of the two is not known.
  public OptionalDouble bandwidthShare() {
    OptionalDouble memory = session.memoryBytesPerSecond();
    OptionalDouble weights = weightBytesPerSecond();
    return memory.isPresent() && weights.isPresent()
        ? OptionalDouble.of(weights.getAsDouble() / memory.getAsDouble())
        : OptionalDouble.empty();
  }
}
