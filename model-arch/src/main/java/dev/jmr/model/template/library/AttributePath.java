package dev.jmr.model.template.library;

import dev.jmr.model.template.value.Int;
import dev.jmr.model.template.value.None;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.Undefined;
import dev.jmr.model.template.value.Value;
import java.util.ArrayList;
import java.util.List;

/// The `attribute` argument of filters: `name`, `outer.inner`, `0`, or an integer.
record AttributePath(List<Value> keys, Value absent) {
  static AttributePath of(Value attribute) {
    return of(attribute, None.NONE);
  }

  /// @param absent instead of an attribute that is not there; with none it stays undefined
  static AttributePath of(Value attribute, Value absent) {
    if (!(attribute instanceof Str path)) {
      return new AttributePath(attribute instanceof None ? List.of() : List.of(attribute), absent);
    }
    List<Value> keys = new ArrayList<>();
    for (String part : path.text().split("\\.", -1)) {
      boolean number = part.length() < 10 && Characters.all(part, c -> c >= '0' && c <= '9');
      keys.add(number ? Int.of(Integer.parseInt(part)) : Str.of(part));
    }
    return new AttributePath(keys, absent);
  }

  /// The attribute of an item.
  Value read(Value item) {
    Value value = item;
    for (Value key : keys) {
      value = Attributes.item(value, key);
      if (value instanceof Undefined && !(absent instanceof None)) {
        value = absent;
      }
    }
    return value;
  }
}
