package dev.jmr.server.store;

/// The store has no such model (HTTP 404).
public final class UnknownModelException extends StoreException {
  private static final long serialVersionUID = 1L;

  public UnknownModelException(String message) {
    super(message);
  }
}
