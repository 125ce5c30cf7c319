package dev.jmr.runtime;

/// A request with which an engine had not begun when it broke down: nothing speaks against making it again, of another one.
public final class EngineGoneException extends EngineException {
  private static final long serialVersionUID = 1L;

  public EngineGoneException(String message, Throwable cause) {
    super(message, cause);
  }
}
