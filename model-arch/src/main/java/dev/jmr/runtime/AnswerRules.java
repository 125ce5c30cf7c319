package dev.jmr.runtime;

/// What an answer must keep to, whatever the model prefers.
///
/// @param format what its text is; beside tools that the model may call, the answer is either text or calls
/// @param toolChoice for a conversation that offers tools
/// @param parallelToolCalls whether an answer may hold several calls; if not, it ends with the first
/// @param reasoning for a conversation; the thoughts come before all else
public record AnswerRules(
    AnswerFormat format, ToolChoice toolChoice, boolean parallelToolCalls, Reasoning reasoning) {
  /// The model does as it likes.
  public static final AnswerRules FREE =
      new AnswerRules(AnswerFormat.FREE, ToolChoice.AUTO, true, Reasoning.DEFAULT);

  /// Only the format matters.
  public static AnswerRules of(AnswerFormat format) {
    return FREE.withFormat(format);
  }

  public AnswerRules withFormat(AnswerFormat other) {
    return new AnswerRules(other, toolChoice, parallelToolCalls, reasoning);
  }

  public AnswerRules withToolChoice(ToolChoice other) {
    return new AnswerRules(format, other, parallelToolCalls, reasoning);
  }

  public AnswerRules withParallelToolCalls(boolean several) {
    return new AnswerRules(format, toolChoice, several, reasoning);
  }

  public AnswerRules withReasoning(Reasoning other) {
    return new AnswerRules(format, toolChoice, parallelToolCalls, other);
  }
}
