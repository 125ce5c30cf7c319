package dev.jmr.model.template.value;

/// Python's `None`.
public enum None implements Value {
  NONE;

  @Override
  public String typeName() {
    return "NoneType";
  }

  @Override
  public boolean truthy() {
    return false;
  }
}
