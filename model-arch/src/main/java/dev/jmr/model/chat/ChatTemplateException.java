package dev.jmr.model.chat;

/// A conversation cannot be made a prompt: the template refuses it, or fails. The message says why.
public final class ChatTemplateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ChatTemplateException(String message) {
    super(message);
  }

  public ChatTemplateException(String message, Throwable cause) {
    super(message, cause);
  }
}
