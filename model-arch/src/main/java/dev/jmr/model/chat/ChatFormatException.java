package dev.jmr.model.chat;

/// The messages cannot be put into the model's format; where its template raises an exception, the message is the same.
public final class ChatFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ChatFormatException(String message) {
    super(message);
  }
}
