package dev.jmr.model.template.library;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.value.DictValue;
import dev.jmr.model.template.value.None;
import dev.jmr.model.template.value.Repr;
import dev.jmr.model.template.value.TupleValue;
import dev.jmr.model.template.value.Value;
import dev.jmr.model.template.value.ViewValue;
import java.util.List;

/// Methods of dictionaries.
final class DictMethods {
  static final List<Builtin> ALL =
      List.of(
          Builtin.of("get", "key default?", (v, a) -> get((DictValue) v, a)),
          Builtin.of("keys", "", (v, a) -> view(v, ViewValue.Part.KEYS)),
          Builtin.of("values", "", (v, a) -> view(v, ViewValue.Part.VALUES)),
          Builtin.of("items", "", (v, a) -> view(v, ViewValue.Part.ITEMS)),
          Builtin.of("copy", "", (v, a) -> copy((DictValue) v, a)),
          Builtin.of("update", "other? **named", (v, a) -> update((DictValue) v, a)),
          Builtin.of("pop", "key default?", (v, a) -> pop((DictValue) v, a)),
          Builtin.of("popitem", "", (v, a) -> popItem((DictValue) v)),
          Builtin.of("setdefault", "key default?", (v, a) -> setDefault((DictValue) v, a)),
          Builtin.of("clear", "", (v, a) -> clear((DictValue) v)));

  private DictMethods() {}

  private static Value view(Value dict, ViewValue.Part part) {
    return new ViewValue((DictValue) dict, part);
  }

  private static Value get(DictValue dict, Bound a) {
    return dict.get(a.get(0)).orElseGet(() -> a.get(1));
  }

  private static Value copy(DictValue dict, Bound a) {
    a.budget().elements(dict.size());
    return DictValue.copyOf(dict);
  }

  private static Value update(DictValue dict, Bound a) {
    if (a.has(0)) {
      Globals.putAll(dict, a.get(0), a.budget());
    }
    a.moreNamed().forEach(dict::put);
    a.budget().elements(1);
    return None.NONE;
  }

  private static Value pop(DictValue dict, Bound a) {
    Value key = DictValue.key(a.get(0));
    Value removed = dict.entries().remove(key);
    if (removed != null) {
      return removed;
    }
    if (!a.given(1)) {
      throw new TemplateException("key " + Repr.brief(key) + " is not in the dict");
    }
    return a.get(1);
  }

  private static Value popItem(DictValue dict) {
    if (dict.size() == 0) {
      throw new TemplateException("popitem(): dictionary is empty");
    }
    Value key = dict.lastKey();
    Value value = dict.get(key).orElse(None.NONE);
    dict.entries().remove(key);
    return TupleValue.of(key, value);
  }

  private static Value setDefault(DictValue dict, Bound a) {
    Value key = DictValue.key(a.get(0));
    a.budget().elements(1);
    Value present = dict.entries().putIfAbsent(key, a.get(1));
    return present == null ? a.get(1) : present;
  }

  private static Value clear(DictValue dict) {
    dict.entries().clear();
    return None.NONE;
  }
}
