package dev.jmr.server.store;

/// The bytes that came are not those that their digest names; nothing of them was kept.
public final class CorruptBlobException extends StoreException {
  private static final long serialVersionUID = 1L;

  public CorruptBlobException(String message) {
    super(message);
  }
}
