package dev.jmr.server.manager;

/// There is no model of that name on this machine.
public final class ModelNotFoundException extends ManagerException {
  private static final long serialVersionUID = 1L;

  public ModelNotFoundException(String message) {
    super(message);
  }
}
