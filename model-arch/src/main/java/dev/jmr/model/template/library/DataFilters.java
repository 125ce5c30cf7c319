package dev.jmr.model.template.library;

import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.Undefined;
import dev.jmr.model.template.value.Value;
import java.util.List;

/// Filters for values of any type.
final class DataFilters {
  static final List<Builtin> ALL =
      List.of(
          Builtin.of("default", "default_value? boolean?", DataFilters::byDefault),
          Builtin.of("d", "default_value? boolean?", DataFilters::byDefault),
          Builtin.of("attr", "name", DataFilters::attribute),
          Builtin.of("pprint", "", (v, a) -> PrettyPrint.print(v, a.budget())),
          Builtin.of(
              "tojson",
              "ensure_ascii? indent? separators? sort_keys?",
              (v, a) -> JsonWriter.write(v, JsonOptions.of(a), a.budget())));

  private DataFilters() {}

  private static Value byDefault(Value value, Bound a) {
    boolean replaced = value instanceof Undefined || (a.truth(1, false) && !value.truthy());
    return replaced ? a.get(0, Str.EMPTY) : value;
  }

  private static Value attribute(Value value, Bound a) {
    String name = a.printed(0, "None");
    return Attributes.own(value, name).orElseGet(() -> Undefined.ofAttribute(value, name));
  }
}
