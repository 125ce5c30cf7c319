package dev.jmr.server.manager;

/// A model that cannot be had.
public class ManagerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ManagerException(String message) {
    super(message);
  }

  public ManagerException(String message, Throwable cause) {
    super(message, cause);
  }
}
