package dev.jmr.model.template.value;

/// `true` and `false`, which are also the integers 1 and 0.
public final class Bool implements Value {
  public static final Bool TRUE = new Bool(true);
  public static final Bool FALSE = new Bool(false);

  private final boolean value;

  private Bool(boolean value) {
    this.value = value;
  }

  public static Bool of(boolean value) {
    return value ? TRUE : FALSE;
  }

  public Int toInt() {
    return Int.of(value ? 1 : 0);
  }

  @Override
  public String typeName() {
    return "bool";
  }

  @Override
  public boolean truthy() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return toInt().equals(other);
  }

  @Override
  public int hashCode() {
    return toInt().hashCode();
  }
}
