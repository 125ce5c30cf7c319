package dev.jmr.model.template.value;

import java.util.LinkedHashMap;
import java.util.Map;

/// What `namespace()` gives: attributes that `set` can assign from inside a loop. Equal only to itself.
public final class NamespaceValue implements Value {
  private final Map<String, Value> attributes = new LinkedHashMap<>();

  /// The attributes themselves: changes are seen.
  public Map<String, Value> attributes() {
    return attributes;
  }

  @Override
  public String typeName() {
    return "Namespace";
  }

  @Override
  public boolean truthy() {
    return true;
  }
}
