package dev.jmr.model.template.library;

import dev.jmr.model.template.value.BoundedText;
import dev.jmr.model.template.value.Iteration;
import dev.jmr.model.template.value.Repr;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.Value;
import java.util.List;
import java.util.Optional;

/// How `tojson` writes: the arguments of Python's `json.dumps`.
record JsonOptions(
    boolean ensureAscii,
    Optional<String> indent,
    String itemSeparator,
    String keySeparator,
    boolean sortKeys) {
  /// From `ensure_ascii`, `indent`, `separators`, `sort_keys`.
  static JsonOptions of(Bound a) {
    Optional<String> indent = a.has(1) ? Optional.of(indention(a)) : Optional.empty();
    String item = indent.isPresent() ? "," : ", ";
    String key = ": ";
    if (a.has(2)) {
      List<Value> separators = Iteration.toList(a.get(2), a.budget());
      if (separators.size() != 2) {
        throw a.error("expected two separators, got " + separators.size());
      }
      item = Repr.str(separators.get(0), a.budget());
      key = Repr.str(separators.get(1), a.budget());
    }
    return new JsonOptions(a.truth(0, false), indent, item, key, a.truth(3, false));
  }

  private static String indention(Bound a) {
    return a.get(1) instanceof Str s
        ? s.text()
        : new BoundedText(a.budget()).repeat(" ", a.integer(1, 0)).toString();
  }
}
