package dev.jmr.model.template.library;

import dev.jmr.model.template.value.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Builtins of one kind by name.
public final class Registry {
  private final Map<String, Builtin> builtins = new LinkedHashMap<>();

  private Registry() {}

  @SafeVarargs
  static Registry of(List<Builtin>... families) {
    Registry registry = new Registry();
    for (List<Builtin> family : families) {
      for (Builtin builtin : family) {
        if (registry.builtins.put(builtin.name(), builtin) != null) {
          throw new IllegalArgumentException("'" + builtin.name() + "' is listed twice");
        }
      }
    }
    return registry;
  }

  public Optional<Builtin> find(String name) {
    return Optional.ofNullable(builtins.get(name));
  }

  public Iterable<Builtin> all() {
    return builtins.values();
  }

  /// `; did you mean 'x'?`, or nothing.
  public String hint(String name) {
    return Nearest.hint(name, builtins.keySet());
  }
}
