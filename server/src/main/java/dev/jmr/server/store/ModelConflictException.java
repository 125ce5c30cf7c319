package dev.jmr.server.store;

/// What was asked would do more than its words say; `force` does it (HTTP 409).
public final class ModelConflictException extends StoreException {
  private static final long serialVersionUID = 1L;

  public ModelConflictException(String message) {
    super(message);
  }
}
