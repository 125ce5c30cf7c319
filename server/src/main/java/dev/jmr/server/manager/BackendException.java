package dev.jmr.server.manager;

/// An engine that was asked for by its name and cannot be had.
public final class BackendException extends ManagerException {
  private static final long serialVersionUID = 1L;

  private final boolean known;

  BackendException(String message, boolean known) {
    super(message);
    this.known = known;
  }

  /// Whether there is such an engine, which only cannot be used here; the message says why.
  public boolean known() {
    return known;
  }
}
