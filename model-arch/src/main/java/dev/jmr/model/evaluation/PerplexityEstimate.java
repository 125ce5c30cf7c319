package dev.jmr.model.evaluation;

/// How well a model expects a text, after some of its chunks.
///
/// @param chunks scored so far
/// @param tokens scored so far
/// @param meanLoss the mean of their negative log-likelihoods, in nats
/// @param perplexity e to the `meanLoss`
/// @param uncertainty of the perplexity: one standard error, as if the tokens were independent of each other
public record PerplexityEstimate(
    int chunks, long tokens, double meanLoss, double perplexity, double uncertainty) {
  /// The estimate from the sum of the losses and of their squares.
  static PerplexityEstimate of(int chunks, long tokens, double sum, double sumOfSquares) {
    double mean = sum / tokens;
    double variance = Math.max(0, sumOfSquares / tokens - mean * mean);
    double perplexity = Math.exp(mean);
    double standardError = tokens > 1 ? Math.sqrt(variance / (tokens - 1)) : 0;
    return new PerplexityEstimate(chunks, tokens, mean, perplexity, standardError * perplexity);
  }
}
