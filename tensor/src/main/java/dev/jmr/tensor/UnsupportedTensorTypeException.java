package dev.jmr.tensor;

/// A tensor type that is known by name but cannot be computed with, or cannot be quantized to.
public final class UnsupportedTensorTypeException extends TensorException {
  private static final long serialVersionUID = 1L;

  public UnsupportedTensorTypeException(String message) {
    super(message);
  }
}
