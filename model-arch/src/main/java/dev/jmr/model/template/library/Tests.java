package dev.jmr.model.template.library;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.Arguments;
import dev.jmr.model.template.value.Value;
import java.util.Optional;

/// The tests, `value is name(arguments)`. A new one goes into the list of its family.
public final class Tests {
  private static final Registry ALL = Registry.of(TypeTests.ALL, ComparisonTests.ALL);

  private Tests() {}

  public static Optional<Builtin> find(String name) {
    return ALL.find(name);
  }

  /// The error message for a name that is no test.
  public static String unknown(String name) {
    return "unknown test '" + name + "'" + ALL.hint(name);
  }

  static boolean holds(String name, Value value, Arguments arguments, Budget budget) {
    return find(name)
        .orElseThrow(() -> new TemplateException(unknown(name)))
        .call(value, arguments, budget)
        .truthy();
  }
}
