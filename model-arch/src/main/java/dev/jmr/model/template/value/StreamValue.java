package dev.jmr.model.template.value;

import java.util.Iterator;
import java.util.List;

/// Elements that can be read once: Python's generators and iterators. Equal only to itself.
public final class StreamValue implements Value {
  private final String typeName;
  private final Iterator<Value> elements;

  private StreamValue(String typeName, Iterator<Value> elements) {
    this.typeName = typeName;
    this.elements = elements;
  }

  public static StreamValue generator(List<Value> elements) {
    return new StreamValue("generator", elements.iterator());
  }

  public static StreamValue iterator(String typeName, List<Value> elements) {
    return new StreamValue(typeName, elements.iterator());
  }

  /// The elements that were not read yet.
  public Iterator<Value> elements() {
    return elements;
  }

  @Override
  public String typeName() {
    return typeName;
  }

  @Override
  public boolean truthy() {
    return true;
  }
}
