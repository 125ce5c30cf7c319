package dev.jmr.runtime;

/// A model that cannot be loaded, or a generation that cannot be begun or went wrong.
public class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EngineException(String message) {
    super(message);
  }

  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
