package dev.jmr.model.template.library;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.None;
import dev.jmr.model.template.value.Numbers;
import dev.jmr.model.template.value.Repr;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.Undefined;
import dev.jmr.model.template.value.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The arguments of one call, each where its parameter is.
public final class Bound {
  private final String name;
  private final @Nullable Value[] values;
  private final List<Value> more;
  private final Map<String, Value> moreNamed;
  private final Budget budget;

  Bound(
      String name,
      @Nullable Value[] values,
      List<Value> more,
      Map<String, Value> moreNamed,
      Budget budget) {
    this.name = name;
    this.values = values;
    this.more = more;
    this.moreNamed = moreNamed;
    this.budget = budget;
  }

  Budget budget() {
    return budget;
  }

  List<Value> more() {
    return more;
  }

  Map<String, Value> moreNamed() {
    return moreNamed;
  }

  /// Whether the argument was given, and is not none.
  boolean has(int index) {
    Value value = values[index];
    return value != null && !(value instanceof None);
  }

  /// Whether the argument was given, be it none.
  boolean given(int index) {
    return values[index] != null;
  }

  /// A required argument.
  Value get(int index) {
    return get(index, None.NONE);
  }

  Value get(int index, Value absent) {
    Value value = values[index];
    return value == null ? absent : value;
  }

  boolean truth(int index, boolean absent) {
    Value value = values[index];
    return value == null ? absent : value.truthy();
  }

  int integer(int index, int absent) {
    return has(index) ? Numbers.toInt(get(index)).clamped() : absent;
  }

  /// An argument that must be a string.
  String text(int index) {
    return switch (get(index)) {
      case Str s -> s.text();
      case Undefined u -> throw u.failure();
      case Value v ->
          throw new TemplateException(name + ": expected a string, got " + v.typeName());
    };
  }

  String text(int index, String absent) {
    return has(index) ? text(index) : absent;
  }

  /// An argument of any type as `str` prints it.
  String printed(int index, String absent) {
    return has(index) ? Repr.str(get(index), budget) : absent;
  }

  TemplateException error(String reason) {
    return new TemplateException(name + ": " + reason);
  }
}
