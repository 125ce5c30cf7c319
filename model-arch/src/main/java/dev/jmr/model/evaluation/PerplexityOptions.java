package dev.jmr.model.evaluation;

import dev.jmr.tensor.TensorType;

/// How to measure perplexity.
///
/// @param contextLength tokens in a chunk, at least 3: one to see, one to score after it, and what makes halves of them
/// @param stride tokens by which a chunk lies behind the one before it, of which only the last `stride` are scored then;
///     0 = chunks lie side by side, and the second half of each is scored
/// @param maxChunks chunks to score at most, from the start of the text; 0 = all
/// @param batchTokens tokens that are computed at once, at most; more than `contextLength` bring nothing
/// @param threads that score the logits; the backend has its own
/// @param kvType F16, F32 or Q8_0: how keys and values are kept
public record PerplexityOptions(
    int contextLength, int stride, int maxChunks, int batchTokens, int threads, TensorType kvType) {
  /// The shortest chunk of whose second half a token can be scored.
  public static final int MIN_CONTEXT = 3;

  public PerplexityOptions {
    if (contextLength < MIN_CONTEXT) {
      throw new IllegalArgumentException(
          "context: expected at least %d tokens, got %d".formatted(MIN_CONTEXT, contextLength));
    }
    if (stride < 0 || stride >= contextLength) {
      throw new IllegalArgumentException(
          "stride: expected 0 (none) to %d, one less than the context, got %d"
              .formatted(contextLength - 1, stride));
    }
    require("chunks", maxChunks, 0);
    require("batch tokens", batchTokens, 1);
    require("threads", threads, 1);
  }

  private static void require(String what, int value, int min) {
    if (value < min) {
      throw new IllegalArgumentException(
          "%s: expected at least %d, got %d".formatted(what, min, value));
    }
  }

  /// The position in a chunk from which on logits count; they speak of the token at the next position.
  int firstScored() {
    return stride == 0 ? contextLength / 2 : contextLength - stride - 1;
  }

  /// What a forward pass needs for one chunk.
  ForwardPass.Limits limits() {
    int batch = Math.min(batchTokens, contextLength);
    int scored = contextLength - 1 - firstScored();
    return new ForwardPass.Limits(
        contextLength, contextLength, batch, Math.min(batch, scored), kvType);
  }
}
