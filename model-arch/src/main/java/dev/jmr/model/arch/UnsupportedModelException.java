package dev.jmr.model.arch;

/// A model that may well be right but needs something that we do not have: its architecture, a tensor type, a variant.
public final class UnsupportedModelException extends ModelException {
  private static final long serialVersionUID = 1L;

  public UnsupportedModelException(String message) {
    super(message);
  }
}
