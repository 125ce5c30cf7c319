package dev.jmr.server.reference;

/// A text is not the name of a model.
public final class ReferenceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ReferenceException(String message) {
    super(message);
  }
}
