package dev.jmr.model.template.library;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.value.Bool;
import dev.jmr.model.template.value.Int;
import dev.jmr.model.template.value.None;
import dev.jmr.model.template.value.Slices;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.TextSearch;
import dev.jmr.model.template.value.TupleValue;
import dev.jmr.model.template.value.Value;
import java.util.List;
import java.util.function.BiPredicate;

/// Methods of strings that look for another string, optionally between two indices.
final class SearchMethods {
  static final List<Builtin> ALL =
      List.of(
          Builtin.of("find", "sub start? end?", (v, a) -> Int.of(find(v, a, false))),
          Builtin.of("rfind", "sub start? end?", (v, a) -> Int.of(find(v, a, true))),
          Builtin.of("index", "sub start? end?", (v, a) -> found(find(v, a, false))),
          Builtin.of("rindex", "sub start? end?", (v, a) -> found(find(v, a, true))),
          Builtin.of("count", "sub start? end?", (v, a) -> Int.of(count(v, a))),
          Builtin.of("startswith", "prefix start? end?", (v, a) -> edge(v, a, String::startsWith)),
          Builtin.of("endswith", "suffix start? end?", (v, a) -> edge(v, a, String::endsWith)));

  private SearchMethods() {}

  private static Str part(Value value, Bound a) {
    return (Str)
        Slices.slice(value, a.get(1, None.NONE), a.get(2, None.NONE), None.NONE, a.budget());
  }

  private static int start(Value value, Bound a) {
    int length = ((Str) value).length();
    int start = a.integer(1, 0);
    return start < 0 ? Math.max(0, start + length) : start;
  }

  private static int find(Value value, Bound a, boolean last) {
    Str part = part(value, a);
    String sought = a.text(0);
    int start = start(value, a);
    int found =
        last
            ? TextSearch.lastIndexOf(part.text(), sought)
            : TextSearch.indexOf(part.text(), sought, 0);
    a.budget().work(part.text().length() >> 4);
    boolean outside = start > ((Str) value).length();
    return found < 0 || outside ? -1 : start + part.codePointIndex(found);
  }

  private static Value found(int index) {
    if (index < 0) {
      throw new TemplateException("substring not found");
    }
    return Int.of(index);
  }

  private static int count(Value value, Bound a) {
    Str part = part(value, a);
    String text = part.text();
    String sought = a.text(0);
    if (sought.isEmpty()) {
      return start(value, a) > ((Str) value).length() ? 0 : part.length() + 1;
    }
    int count = 0;
    for (int i = TextSearch.indexOf(text, sought, 0);
        i >= 0;
        i = TextSearch.indexOf(text, sought, i + sought.length())) {
      count++;
      a.budget().work(1 + (sought.length() >> 4));
    }
    return count;
  }

  private static Value edge(Value value, Bound a, BiPredicate<String, String> test) {
    boolean outside = start(value, a) > ((Str) value).length();
    String text = part(value, a).text();
    List<Value> candidates =
        a.get(0) instanceof TupleValue tuple ? tuple.elements() : List.of(a.get(0));
    for (Value candidate : candidates) {
      if (!(candidate instanceof Str s)) {
        throw a.error("expected str or a tuple of str, got " + candidate.typeName());
      }
      if (!outside && test.test(text, s.text())) {
        return Bool.TRUE;
      }
    }
    return Bool.FALSE;
  }
}
