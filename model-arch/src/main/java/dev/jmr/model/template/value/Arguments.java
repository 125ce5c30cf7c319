package dev.jmr.model.template.value;

import java.util.List;
import java.util.Map;

/// The arguments of one call.
public record Arguments(List<Value> positional, Map<String, Value> named) {
  public static final Arguments NONE = new Arguments(List.of(), Map.of());

  public static Arguments of(Value... positional) {
    return new Arguments(List.of(positional), Map.of());
  }

  /// These arguments without the first `count` positional ones.
  public Arguments skip(int count) {
    return new Arguments(positional.subList(count, positional.size()), named);
  }
}
