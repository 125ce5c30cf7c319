package dev.jmr.runtime;

/// How long answers took, of all that an engine made.
///
/// @param firstToken from when a request came until its first token
/// @param betweenTokens from a token to the next of the same answer
/// @param promptSeconds until prompts were processed, from when they left the queue; of all answers together, although many
///     are made at the same time
/// @param generationSeconds from first tokens to last ones, likewise
/// @param longestTokens of prompt and answer of the longest one
/// @param sequences that batches had, of all batches together
public record AnswerTimes(
    Latencies firstToken,
    Latencies betweenTokens,
    double promptSeconds,
    double generationSeconds,
    long longestTokens,
    long sequences) {
  /// Of no answers.
  public static final AnswerTimes NONE =
      new AnswerTimes(Latencies.NONE, Latencies.NONE, 0, 0, 0, 0);
}
