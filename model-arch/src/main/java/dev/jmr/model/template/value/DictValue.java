package dev.jmr.model.template.value;

import dev.jmr.model.template.error.TemplateException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A dictionary in insertion order, which can change.
public final class DictValue implements Value {
  private final LinkedHashMap<Value, Value> entries = new LinkedHashMap<>();

  public static DictValue copyOf(DictValue other) {
    DictValue copy = new DictValue();
    copy.entries.putAll(other.entries);
    return copy;
  }

  /// The entries themselves: changes are seen. Keys must have passed [#key(Value)].
  public Map<Value, Value> entries() {
    return entries;
  }

  public int size() {
    return entries.size();
  }

  public void put(Value key, Value value) {
    entries.put(key(key), value);
  }

  public void put(String key, Value value) {
    entries.put(Str.of(key), value);
  }

  /// The key that was added last; only where there is one.
  public Value lastKey() {
    return entries.lastEntry().getKey();
  }

  public Optional<Value> get(Value key) {
    return Optional.ofNullable(entries.get(key(key)));
  }

  /// The value, or null: the fast way for constant names.
  public @Nullable Value find(Str key) {
    return entries.get(key);
  }

  /// The value if it can be a key.
  ///
  /// @throws TemplateException if it is a container that can change
  public static Value key(Value value) {
    if (!hashable(value, 0)) {
      throw new TemplateException("unhashable type: '" + value.typeName() + "'");
    }
    return value;
  }

  private static boolean hashable(Value value, int depth) {
    return switch (value) {
      case Undefined u -> true;
      case None n -> true;
      case Bool b -> true;
      case Int i -> true;
      case Real r -> true;
      case Str s -> true;
      case RangeValue r -> true;
      case ObjectValue o -> true;
      case StreamValue s -> true;
      case ListValue l -> false;
      case DictValue d -> false;
      case ViewValue v -> false;
      case NamespaceValue n -> false;
      case TupleValue t -> depth < 8 && t.elements().stream().allMatch(e -> hashable(e, depth + 1));
    };
  }

  @Override
  public String typeName() {
    return "dict";
  }

  @Override
  public boolean truthy() {
    return !entries.isEmpty();
  }
}
