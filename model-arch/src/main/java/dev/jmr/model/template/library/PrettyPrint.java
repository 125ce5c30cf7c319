package dev.jmr.model.template.library;

import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.BoundedText;
import dev.jmr.model.template.value.DictValue;
import dev.jmr.model.template.value.ListValue;
import dev.jmr.model.template.value.Repr;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.TupleValue;
import dev.jmr.model.template.value.Value;
import dev.jmr.model.template.value.ViewValue;
import java.util.List;

/// Python's `pprint`: the `repr` in one line of 80 characters, or each element in a line of its own. Dictionaries come
/// in the order of their keys. Long strings stay in one piece, which Python would break.
final class PrettyPrint {
  private static final int WIDTH = 80;

  private final Budget budget;
  private final BoundedText out;

  private PrettyPrint(Budget budget) {
    this.budget = budget;
    this.out = new BoundedText(budget);
  }

  static Str print(Value value, Budget budget) {
    PrettyPrint printer = new PrettyPrint(budget);
    printer.print(sorted(value, budget, 0), 0, 0, 0);
    return printer.out.toStr();
  }

  private void print(Value value, int indent, int behind, int depth) {
    budget.depth(depth);
    String line = Repr.repr(value, budget);
    if (line.length() + indent + behind <= WIDTH) {
      out.append(line);
      return;
    }
    switch (value) {
      case ListValue l -> elements(l.elements(), "[", "]", indent, behind, depth);
      case TupleValue t ->
          elements(t.elements(), "(", t.size() == 1 ? ",)" : ")", indent, behind, depth);
      case DictValue d -> dict(d, indent, behind, depth);
      default -> out.append(line);
    }
  }

  private void elements(
      List<Value> elements, String open, String close, int indent, int behind, int depth) {
    out.append(open);
    for (int i = 0; i < elements.size(); i++) {
      boolean last = i == elements.size() - 1;
      separate(i, indent + 1);
      print(elements.get(i), indent + 1, last ? behind + close.length() : 1, depth + 1);
    }
    out.append(close);
  }

  private void dict(DictValue dict, int indent, int behind, int depth) {
    out.append("{");
    List<Value> entries = new ViewValue(dict, ViewValue.Part.ITEMS).elements();
    for (int i = 0; i < entries.size(); i++) {
      TupleValue entry = (TupleValue) entries.get(i);
      String key = Repr.repr(entry.get(0), budget);
      boolean last = i == entries.size() - 1;
      separate(i, indent + 1);
      out.append(key).append(": ");
      print(entry.get(1), indent + key.length() + 3, last ? behind + 1 : 1, depth + 1);
    }
    out.append("}");
  }

  private void separate(int index, int indent) {
    if (index > 0) {
      out.append(",\n").repeat(" ", indent);
    }
  }

  /// A copy with all dictionaries in the order of their keys, where these have one.
  private static Value sorted(Value value, Budget budget, int depth) {
    budget.depth(depth);
    budget.elements(1);
    return switch (value) {
      case ListValue l ->
          ListValue.copyOf(l.elements().stream().map(e -> sorted(e, budget, depth + 1)).toList());
      case TupleValue t ->
          TupleValue.copyOf(t.elements().stream().map(e -> sorted(e, budget, depth + 1)).toList());
      case DictValue d -> {
        budget.elements(d.size());
        List<Value> entries = new ViewValue(d, ViewValue.Part.ITEMS).elements();
        boolean ordered = d.entries().keySet().stream().allMatch(key -> key instanceof Str);
        if (ordered) {
          OrderFilters.sort(entries, entry -> ((TupleValue) entry).get(0), false, budget);
        }
        DictValue copy = new DictValue();
        for (Value entry : entries) {
          TupleValue pair = (TupleValue) entry;
          copy.put(pair.get(0), sorted(pair.get(1), budget, depth + 1));
        }
        yield copy;
      }
      default -> value;
    };
  }
}
