package dev.jmr.tensor;

/// Two shapes that must agree do not; the message names the operation, the tensor and both shapes.
public final class ShapeMismatchException extends TensorException {
  private static final long serialVersionUID = 1L;

  public ShapeMismatchException(String message) {
    super(message);
  }
}
