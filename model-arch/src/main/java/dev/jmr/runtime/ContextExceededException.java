package dev.jmr.runtime;

/// A prompt or a text that does not fit the context, or leaves no room for an answer in it.
public final class ContextExceededException extends RequestException {
  private static final long serialVersionUID = 1L;

  private final int tokens;
  private final int contextLength;

  /// @param message with both numbers, and what can be done
  public ContextExceededException(String message, int tokens, int contextLength) {
    super(message);
    this.tokens = tokens;
    this.contextLength = contextLength;
  }

  /// Of the prompt or the text.
  public int tokens() {
    return tokens;
  }

  /// Tokens that prompt and answer may have together.
  public int contextLength() {
    return contextLength;
  }
}
