package dev.jmr.bench.serving;

import java.util.List;

/// What a number of clients got.
///
/// @param concurrency how many asked at the same time
/// @param answers those that came to their end
/// @param failed how many did not, or not in time
/// @param nanos from the first question to the last answer
record ServingResult(int concurrency, List<ServedAnswer> answers, int failed, long nanos) {
  ServingResult {
    answers = List.copyOf(answers);
  }

  double requestsPerSecond() {
    return answers.size() * 1e9 / nanos;
  }

  /// Tokens of answers.
  long tokens() {
    return answers.stream().mapToLong(ServedAnswer::tokens).sum();
  }

  /// Tokens of answers per second, of all clients together.
  double tokensPerSecond() {
    return tokens() * 1e9 / nanos;
  }

  /// Until the first piece of an answer.
  Percentiles first() {
    return Percentiles.ofNanos(answers.stream().map(ServedAnswer::firstNanos).toList());
  }

  /// Until the end of an answer.
  Percentiles whole() {
    return Percentiles.ofNanos(answers.stream().map(ServedAnswer::nanos).toList());
  }
}
