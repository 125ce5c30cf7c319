package dev.jmr.server.json;

/// Some bytes are not the JSON that was expected; the message says what was, and leaves to the caller to say where.
public final class MalformedJsonException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedJsonException(String message) {
    super(message);
  }

  MalformedJsonException(String message, Throwable cause) {
    super(message, cause);
  }
}
