package dev.jmr.server.manager;

/// A model that is in use cannot be changed now.
public final class ModelBusyException extends ManagerException {
  private static final long serialVersionUID = 1L;

  public ModelBusyException(String message) {
    super(message);
  }
}
