package dev.jmr.gguf;

/// The base of everything that this module throws on purpose; itself thrown where a file cannot be opened, is of the
/// wrong kind or cannot be written.
public class GgufException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public GgufException(String message) {
    super(message);
  }

  public GgufException(String message, Throwable cause) {
    super(message, cause);
  }
}
