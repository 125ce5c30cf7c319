package dev.jmr.model.template.library;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.Arguments;
import dev.jmr.model.template.value.Nearest;
import dev.jmr.model.template.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names of parameters, and how arguments go to them.
///
/// @param names in order
/// @param required how many must be given
/// @param more whether further positional arguments are taken
/// @param moreNamed whether arguments with other names are taken
public record Parameters(List<String> names, int required, boolean more, boolean moreNamed) {
  /// Reads `old new count? *more **named`: those with `?` may be left out.
  public static Parameters of(String text) {
    List<String> names = new ArrayList<>();
    int required = 0;
    boolean more = false;
    boolean moreNamed = false;
    for (String word : text.isEmpty() ? List.<String>of() : List.of(text.split(" ", -1))) {
      if (word.startsWith("**")) {
        moreNamed = true;
      } else if (word.startsWith("*")) {
        more = true;
      } else if (word.endsWith("?")) {
        names.add(word.substring(0, word.length() - 1));
      } else {
        names.add(word);
        required++;
      }
    }
    return new Parameters(List.copyOf(names), required, more, moreNamed);
  }

  Bound bind(String name, Arguments arguments, Budget budget) {
    List<Value> positional = arguments.positional();
    int given = Math.min(positional.size(), names.size());
    if (positional.size() > names.size() && !more) {
      throw new TemplateException(
          "%s: expected at most %d arguments, got %d"
              .formatted(name, names.size(), positional.size()));
    }
    @Nullable Value[] values = new Value[names.size()];
    for (int i = 0; i < given; i++) {
      values[i] = positional.get(i);
    }
    List<Value> rest = positional.subList(given, positional.size());
    Map<String, Value> restNamed = bindNamed(name, arguments.named(), values);
    for (int i = 0; i < required; i++) {
      if (values[i] == null) {
        throw new TemplateException(name + ": expected argument '" + names.get(i) + "'");
      }
    }
    return new Bound(name, values, rest, restNamed, budget);
  }

  private Map<String, Value> bindNamed(
      String name, Map<String, Value> named, @Nullable Value[] values) {
    if (named.isEmpty()) {
      return Map.of();
    }
    Map<String, Value> rest = new LinkedHashMap<>();
    named.forEach((key, value) -> {
      int index = names.indexOf(key);
      if (index < 0 && !moreNamed) {
        throw new TemplateException(
            name + ": unknown argument '" + key + "'" + Nearest.hint(key, names));
      } else if (index < 0) {
        rest.put(key, value);
      } else if (values[index] != null) {
        throw new TemplateException(name + ": argument '" + key + "' is given twice");
      } else {
        values[index] = value;
      }
    });
    return rest;
  }
}
