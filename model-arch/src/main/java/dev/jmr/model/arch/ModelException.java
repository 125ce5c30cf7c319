package dev.jmr.model.arch;

/// A model file that cannot be used; the message names the key or the tensor that is wrong.
public class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ModelException(String message) {
    super(message);
  }

  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
