package dev.jmr.model.template.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// A list that can change. Owns its elements' array.
public final class ListValue implements Sequence {
  private final List<Value> elements;

  private ListValue(List<Value> elements) {
    this.elements = elements;
  }

  public static ListValue copyOf(Collection<? extends Value> elements) {
    return new ListValue(new ArrayList<>(elements));
  }

  public static ListValue of(Value... elements) {
    return copyOf(List.of(elements));
  }

  /// The elements themselves: changes are seen.
  public List<Value> elements() {
    return elements;
  }

  @Override
  public int size() {
    return elements.size();
  }

  @Override
  public Value get(int index) {
    return elements.get(index);
  }

  @Override
  public String typeName() {
    return "list";
  }
}
