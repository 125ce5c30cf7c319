package dev.jmr.runtime;

import dev.jmr.model.sample.SamplingParameters;

/// One answer that is asked for.
///
/// @param maxTokens tokens of the answer at most; 0 = until the context is full
public record GenerationRequest(Prompt prompt, SamplingParameters sampling, int maxTokens) {
  public GenerationRequest {
    if (maxTokens < 0) {
      throw new IllegalArgumentException(
          "max tokens: expected 0 (no limit) or more, got " + maxTokens);
    }
  }
}
