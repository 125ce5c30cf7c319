package dev.jmr.model.template.library;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.Arguments;
import dev.jmr.model.template.value.Value;
import java.util.Optional;

/// The filters, `value|name(arguments)`, by family. A new one goes into the list of its family.
public final class Filters {
  private static final Registry ALL =
      Registry.of(
          TextFilters.ALL,
          LayoutFilters.ALL,
          MarkupFilters.ALL,
          NumberFilters.ALL,
          SequenceFilters.ALL,
          OrderFilters.ALL,
          SelectionFilters.ALL,
          DataFilters.ALL);

  private Filters() {}

  public static Optional<Builtin> find(String name) {
    return ALL.find(name);
  }

  /// The error message for a name that is no filter.
  public static String unknown(String name) {
    return "unknown filter '" + name + "'" + ALL.hint(name);
  }

  static Value apply(String name, Value value, Arguments arguments, Budget budget) {
    return find(name)
        .orElseThrow(() -> new TemplateException(unknown(name)))
        .call(value, arguments, budget);
  }
}
