package dev.jmr.server.manager;

/// A model for which there is no memory, or none now. The message says what it needs, what there is, and who uses it.
public final class MemoryException extends ManagerException {
  private static final long serialVersionUID = 1L;

  private final boolean never;

  MemoryException(String message, boolean never) {
    super(message);
    this.never = never;
  }

  /// Whether it would not fit either if nothing else was loaded.
  public boolean never() {
    return never;
  }
}
