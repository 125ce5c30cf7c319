package dev.jmr.cli;

import dev.jmr.model.sample.SamplingParameters;
import dev.jmr.runtime.StopConditions;
import java.util.Optional;

/// What `/set` changes between two answers.
///
/// @param maxTokens tokens of an answer at most; 0 = until the context is full
/// @param system what the model is told before the conversation
record ChatSettings(
    SamplingParameters sampling, int maxTokens, StopConditions stop, Optional<String> system) {
  ChatSettings withSampling(SamplingParameters parameters) {
    return new ChatSettings(parameters, maxTokens, stop, system);
  }

  ChatSettings withMaxTokens(int tokens) {
    return new ChatSettings(sampling, tokens, stop, system);
  }

  ChatSettings withSystem(String text) {
    return new ChatSettings(
        sampling, maxTokens, stop, Optional.of(text).filter(message -> !message.isBlank()));
  }
}
