package dev.jmr.model.template.library;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.ListValue;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.TextSearch;
import dev.jmr.model.template.value.TupleValue;
import dev.jmr.model.template.value.Value;
import java.util.List;

/// Methods of strings that cut them into pieces.
final class SplitMethods {
  static final List<Builtin> ALL =
      List.of(
          Builtin.of("split", "sep? maxsplit?", (v, a) -> split(v, a, false)),
          Builtin.of("rsplit", "sep? maxsplit?", (v, a) -> split(v, a, true)),
          Builtin.of(
              "splitlines",
              "keepends?",
              (v, a) ->
                  list(Splitting.lines(StringMethods.text(v), a.truth(0, false)), a.budget())),
          Builtin.of("partition", "sep", (v, a) -> partition(v, a, false)),
          Builtin.of("rpartition", "sep", (v, a) -> partition(v, a, true)));

  private SplitMethods() {}

  private static ListValue list(List<String> parts, Budget budget) {
    budget.elements(parts.size());
    return ListValue.copyOf(parts.stream().map(Str::of).toList());
  }

  private static Value split(Value value, Bound a, boolean fromRight) {
    String text = StringMethods.text(value);
    int most = a.integer(1, -1);
    a.budget().value(text.length());
    if (!a.has(0)) {
      return list(
          fromRight ? Splitting.wordsFromRight(text, most) : Splitting.words(text, most),
          a.budget());
    }
    String separator = separator(a);
    return list(
        fromRight
            ? Splitting.splitFromRight(text, separator, most)
            : Splitting.split(text, separator, most),
        a.budget());
  }

  private static String separator(Bound a) {
    String separator = a.text(0);
    if (separator.isEmpty()) {
      throw new TemplateException("empty separator");
    }
    return separator;
  }

  private static Value partition(Value value, Bound a, boolean last) {
    String text = StringMethods.text(value);
    String separator = separator(a);
    int found =
        last ? TextSearch.lastIndexOf(text, separator) : TextSearch.indexOf(text, separator, 0);
    if (found < 0) {
      return last
          ? TupleValue.of(Str.EMPTY, Str.EMPTY, value)
          : TupleValue.of(value, Str.EMPTY, Str.EMPTY);
    }
    return TupleValue.of(
        Str.of(text.substring(0, found)),
        Str.of(separator),
        Str.of(text.substring(found + separator.length())));
  }
}
