package dev.jmr.runtime;

import java.util.List;
import java.util.Optional;

/// What happens while an answer is made, in order: progress, then text, thoughts and calls of tools, then the end.
public sealed interface GenerationEvent {
  /// A part of the prompt was processed.
  ///
  /// @param processedTokens so far
  /// @param promptTokens in all
  record PromptProgress(int processedTokens, int promptTokens) implements GenerationEvent {}

  /// The answer grew. Never half a character; may cover several tokens, or a token may add nothing yet.
  ///
  /// @param text nothing only where the last tokens of an answer have no text but log probabilities
  /// @param tokens where log probabilities were asked for, the tokens whose text begins in this delta or that have none,
  ///     after those of thoughts and calls that came before it; over all deltas, each token of the answer once and in
  ///     order, without those that end it
  record TextDelta(String text, List<ChosenToken> tokens) implements GenerationEvent {
    public TextDelta {
      tokens = List.copyOf(tokens);
    }

    /// Text without log probabilities.
    public TextDelta(String text) {
      this(text, List.of());
    }
  }

  /// What the model thinks before it answers a conversation, without the markers around it.
  record ReasoningDelta(String text) implements GenerationEvent {}

  /// The model calls a tool: the arguments follow, then [ToolCallEnd].
  ///
  /// @param index the calls of one answer count from 0
  /// @param id what the tool's answer will refer to
  record ToolCallBegin(int index, String id, String name) implements GenerationEvent {}

  /// The next piece of a call's arguments, which in the end are one JSON object.
  record ToolCallArguments(int index, String json) implements GenerationEvent {}

  /// A call is complete. One that breaks off does not end; what it was is told by a [TextDelta] that follows.
  record ToolCallEnd(int index) implements GenerationEvent {}

  /// The answer is complete.
  ///
  /// @param stop the stop string that ended it, if one did
  record Finished(Reason reason, Usage usage, Timings timings, Optional<String> stop)
      implements GenerationEvent {
    /// Not ended by a stop string.
    public Finished(Reason reason, Usage usage, Timings timings) {
      this(reason, usage, timings, Optional.empty());
    }
  }

  /// Why an answer ended.
  enum Reason {
    /// The model ended its turn, or what the request wants it to stop at was reached.
    STOP,
    /// The limit of tokens or of time, or the end of the context was reached.
    LENGTH,
    /// The caller cancelled it.
    CANCELLED
  }

  /// Tokens counted.
  ///
  /// @param promptTokens of the prompt as it was run
  /// @param completionTokens of the answer, thoughts and calls included
  /// @param cachedTokens of the prompt that were not computed, as an earlier request or another answer had begun alike
  /// @param droppedTokens that were left out of the prompt, or forgotten while the answer grew, because the context was
  ///     full; 0 unless the request allows it
  /// @param reasoningTokens of the answer that belong to thoughts, the markers around them included
  record Usage(
      int promptTokens,
      int completionTokens,
      int cachedTokens,
      int droppedTokens,
      int reasoningTokens) {
    /// Nothing cached, nothing dropped, no thoughts.
    public Usage(int promptTokens, int completionTokens) {
      this(promptTokens, completionTokens, 0, 0, 0);
    }

    /// No thoughts.
    public Usage(int promptTokens, int completionTokens, int cachedTokens, int droppedTokens) {
      this(promptTokens, completionTokens, cachedTokens, droppedTokens, 0);
    }

    public Usage withReasoningTokens(int tokens) {
      return new Usage(promptTokens, completionTokens, cachedTokens, droppedTokens, tokens);
    }
  }

  /// Wall-clock times of one answer, in nanoseconds from when it left the queue.
  ///
  /// @param promptNanos until the prompt was processed
  /// @param firstTokenNanos until the first token was sampled; 0 if there was none
  /// @param generationNanos from the first token to the last
  record Timings(long promptNanos, long firstTokenNanos, long generationNanos) {
    /// Prompt tokens per second.
    public double promptRate(Usage usage) {
      return rate(usage.promptTokens(), promptNanos);
    }

    /// Generated tokens per second after the first one.
    public double generationRate(Usage usage) {
      return rate(usage.completionTokens() - 1, generationNanos);
    }

    private static double rate(int tokens, long nanos) {
      return tokens <= 0 || nanos <= 0 ? 0 : tokens * 1e9 / nanos;
    }
  }
}
