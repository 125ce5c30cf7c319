package dev.jmr.tensor.backend;

/// The largest batch that an executable must be able to run; its working memory is sized by it.
///
/// @param tokens `T` at most
/// @param outputs rows of logits at most, not more than `tokens`
public record BatchLimits(int tokens, int outputs) {
  public BatchLimits {
    if (tokens < 1 || outputs < 1 || outputs > tokens) {
      throw new IllegalArgumentException(
          "batch limits: expected 1 <= outputs <= tokens, got %d outputs of %d tokens"
              .formatted(outputs, tokens));
    }
  }
}
