package dev.jmr.model.template.value;

/// What has elements at indices: lists, tuples and ranges.
public sealed interface Sequence extends Value permits ListValue, TupleValue, RangeValue {
  int size();

  /// The element at `0 <= index < size()`.
  Value get(int index);

  @Override
  default boolean truthy() {
    return size() > 0;
  }
}
