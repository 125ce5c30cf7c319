package dev.jmr.model.template.value;

import dev.jmr.model.template.error.TemplateException;

/// What a name, attribute or element that does not exist gives. Prints as nothing and iterates over nothing; using it
/// otherwise fails with `message`.
public record Undefined(String message) implements Value {
  public static Undefined ofName(String name) {
    return new Undefined(Repr.quoted(name) + " is undefined");
  }

  public static Undefined ofAttribute(Value owner, String name) {
    return new Undefined(Repr.quoted(described(owner)) + " has no attribute " + Repr.quoted(name));
  }

  public static Undefined ofElement(Value owner, Value key) {
    if (key instanceof Str name) {
      return ofAttribute(owner, name.text());
    }
    return new Undefined(described(owner) + " has no element " + Repr.brief(key));
  }

  private static String described(Value owner) {
    return owner instanceof None ? "None" : owner.typeName() + " object";
  }

  /// The error of using this value.
  public TemplateException failure() {
    return new TemplateException(message);
  }

  @Override
  public String typeName() {
    return "Undefined";
  }

  @Override
  public boolean truthy() {
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Undefined;
  }

  @Override
  public int hashCode() {
    return 31;
  }
}
