package dev.jmr.bench.run;

import java.util.Optional;
import java.util.OptionalDouble;

/// What is known of a setup once its model is loaded.
///
/// @param setup what was asked for, and for what was left open, what was tuned
/// @param tuning what was said of tuned settings; empty = there are none
/// @param model what was loaded
/// @param backend the name of the backend that was chosen
/// @param backendDetail what it runs on
/// @param threads threads that compute
/// @param loadNanos from opening the file to being able to run
/// @param tokenWeightBytes weights that one generated token needs, in bytes
/// @param memoryBytesPerSecond what a plain loop reads with as many threads; empty = not measured
public record SessionFacts(
    Setup setup,
    Optional<String> tuning,
    ModelDescription model,
    String backend,
    String backendDetail,
    int threads,
    long loadNanos,
    long tokenWeightBytes,
    OptionalDouble memoryBytesPerSecond) {}
