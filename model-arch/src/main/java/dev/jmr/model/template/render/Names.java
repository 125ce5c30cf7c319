package dev.jmr.model.template.render;

import dev.jmr.model.template.value.Undefined;
import dev.jmr.model.template.value.Value;
import java.util.List;

/// Reading and assigning variables.
final class Names {
  private Names() {}

  static Expr read(String name, Scope scope) {
    List<Scope.Place> places = scope.places(name);
    Undefined undefined = Undefined.ofName(name);
    Scope.Place first = places.getFirst();
    if (places.size() == 1 && first.hops() == 0) {
      int slot = first.slot();
      return frame -> {
        Value value = frame.get(slot);
        return value == null ? undefined : value;
      };
    }
    Scope.Place[] candidates = places.toArray(Scope.Place[]::new);
    return frame -> {
      for (Scope.Place place : candidates) {
        Value value = frame.outer(place.hops()).get(place.slot());
        if (value != null) {
          return value;
        }
      }
      return undefined;
    };
  }

  static Assigner assign(String name, Scope scope) {
    int slot = scope.declare(name);
    return (frame, value) -> frame.set(slot, value);
  }
}
