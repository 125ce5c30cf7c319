package dev.jmr.tensor;

/// The base of everything that this module throws on purpose.
public class TensorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TensorException(String message) {
    super(message);
  }

  public TensorException(String message, Throwable cause) {
    super(message, cause);
  }
}
