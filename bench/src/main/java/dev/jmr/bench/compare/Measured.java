package dev.jmr.bench.compare;

import dev.jmr.bench.run.TestCase;

/// What an engine says of one test.
///
/// @param test which
/// @param rate tokens per second
/// @param engine what it calls its build and backend
/// @param model what it calls the model
/// @param threads threads that it computed with; 0 = it does not say
public record Measured(TestCase test, double rate, String engine, String model, int threads) {}
