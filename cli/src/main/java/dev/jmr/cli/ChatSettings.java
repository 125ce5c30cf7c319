package dev.jmr.cli;

import dev.jmr.model.sample.SamplingParameters;
import dev.jmr.runtime.AnswerRules;
import dev.jmr.runtime.StopConditions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a conversation is held. `/set` changes some of it between two answers.
///
/// @param maxTokens tokens of an answer at most; 0 = until the context is full
/// @param system what the model is told before the conversation
/// @param rules what answers must keep to
/// @param tools that the model may call, as in OpenAI's API
record ChatSettings(
    SamplingParameters sampling,
    int maxTokens,
    StopConditions stop,
    Optional<String> system,
    AnswerRules rules,
    List<Map<String, Object>> tools) {
  ChatSettings {
    tools = List.copyOf(tools);
  }

  /// Without rules and tools.
  ChatSettings(
      SamplingParameters sampling, int maxTokens, StopConditions stop, Optional<String> system) {
    this(sampling, maxTokens, stop, system, AnswerRules.FREE, List.of());
  }

  ChatSettings withSampling(SamplingParameters parameters) {
    return new ChatSettings(parameters, maxTokens, stop, system, rules, tools);
  }

  ChatSettings withMaxTokens(int tokens) {
    return new ChatSettings(sampling, tokens, stop, system, rules, tools);
  }

  ChatSettings withRules(AnswerRules others) {
    return new ChatSettings(sampling, maxTokens, stop, system, others, tools);
  }

  ChatSettings withSystem(String text) {
    return new ChatSettings(
        sampling,
        maxTokens,
        stop,
        Optional.of(text).filter(message -> !message.isBlank()),
        rules,
        tools);
  }
}
