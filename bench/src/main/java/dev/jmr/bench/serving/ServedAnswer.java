package dev.jmr.bench.serving;

/// How one answer went.
///
/// @param firstNanos from the question to the first piece of the answer, thoughts included
/// @param nanos from the question to the end
/// @param promptTokens as the engine counted them
/// @param tokens of the answer, as the engine counted them
record ServedAnswer(long firstNanos, long nanos, int promptTokens, int tokens) {}
