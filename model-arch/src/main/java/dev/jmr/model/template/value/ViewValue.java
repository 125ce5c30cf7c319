package dev.jmr.model.template.value;

import java.util.ArrayList;
import java.util.List;

/// What `keys()`, `values()` and `items()` of a dictionary give: a look at it, not a copy.
public record ViewValue(DictValue dict, Part part) implements Value {
  /// Which part of the entries.
  public enum Part {
    KEYS("dict_keys"),
    VALUES("dict_values"),
    ITEMS("dict_items");

    private final String typeName;

    Part(String typeName) {
      this.typeName = typeName;
    }
  }

  /// The elements as they are now.
  public List<Value> elements() {
    List<Value> elements = new ArrayList<>(dict.size());
    dict.entries()
        .forEach((key, value) ->
            elements.add(
                switch (part) {
                  case KEYS -> key;
                  case VALUES -> value;
                  case ITEMS -> TupleValue.of(key, value);
                }));
    return elements;
  }

  @Override
  public String typeName() {
    return part.typeName;
  }

  @Override
  public boolean truthy() {
    return dict.truthy();
  }
}
