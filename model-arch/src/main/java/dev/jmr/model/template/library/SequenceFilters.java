package dev.jmr.model.template.library;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.value.DictValue;
import dev.jmr.model.template.value.Int;
import dev.jmr.model.template.value.Iteration;
import dev.jmr.model.template.value.ListValue;
import dev.jmr.model.template.value.Sequence;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.StreamValue;
import dev.jmr.model.template.value.Undefined;
import dev.jmr.model.template.value.Value;
import dev.jmr.model.template.value.ViewValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/// Filters that take sequences apart and put them together.
final class SequenceFilters {
  static final List<Builtin> ALL =
      List.of(
          Builtin.of("length", "", (v, a) -> Int.of(Iteration.length(v))),
          Builtin.of("count", "", (v, a) -> Int.of(Iteration.length(v))),
          Builtin.of("first", "", (v, a) -> first(Iteration.of(v))),
          Builtin.of("last", "", SequenceFilters::last),
          Builtin.of("list", "", (v, a) -> ListValue.copyOf(Iteration.toList(v, a.budget()))),
          Builtin.of("reverse", "", SequenceFilters::reverse),
          Builtin.of("items", "", (v, a) -> items(v)),
          Builtin.of("batch", "linecount fill_with?", SequenceFilters::batch),
          Builtin.of("slice", "slices fill_with?", SequenceFilters::slice),
          Builtin.of(
              "random",
              "",
              (v, a) -> {
                throw a.error("a prompt must not depend on chance");
              }));

  private SequenceFilters() {}

  private static Value first(Iterator<Value> elements) {
    return elements.hasNext()
        ? elements.next()
        : new Undefined("No first item, sequence was empty.");
  }

  private static Value last(Value value, Bound a) {
    List<Value> elements = reversed(value, a);
    return elements.isEmpty()
        ? new Undefined("No last item, sequence was empty.")
        : elements.getFirst();
  }

  private static List<Value> reversed(Value value, Bound a) {
    if (value instanceof StreamValue) {
      throw new TemplateException("'" + value.typeName() + "' object is not reversible");
    }
    List<Value> elements = Iteration.toList(value, a.budget());
    Collections.reverse(elements);
    return elements;
  }

  private static Value reverse(Value value, Bound a) {
    if (value instanceof Str text) {
      return Str.of(reversed(text.text()));
    }
    List<Value> elements = Iteration.toList(value, a.budget());
    Collections.reverse(elements);
    if (value instanceof StreamValue || value instanceof Undefined) {
      return ListValue.copyOf(elements);
    }
    String prefix =
        value instanceof ListValue || value instanceof DictValue ? value.typeName() + "_" : "";
    return StreamValue.iterator(
        prefix + (value instanceof Sequence && prefix.isEmpty() ? "reversed" : "reverseiterator"),
        elements);
  }

  private static String reversed(String text) {
    return new StringBuilder(text).reverse().toString();
  }

  private static Value items(Value value) {
    return switch (value) {
      case Undefined u -> StreamValue.generator(List.of());
      case DictValue dict ->
          StreamValue.generator(new ViewValue(dict, ViewValue.Part.ITEMS).elements());
      default -> throw new TemplateException("Can only get item pairs from a mapping.");
    };
  }

  private static Value batch(Value value, Bound a) {
    int size = a.integer(0, 0);
    List<Value> elements = Iteration.toList(value, a.budget());
    List<Value> batches = new ArrayList<>();
    List<Value> batch = new ArrayList<>();
    for (Value element : elements) {
      if (batch.size() == size) {
        batches.add(ListValue.copyOf(batch));
        batch.clear();
      }
      batch.add(element);
    }
    if (!batch.isEmpty()) {
      if (a.has(1) && batch.size() < size) {
        a.budget().elements(size);
        batch.addAll(Collections.nCopies(size - batch.size(), a.get(1)));
      }
      batches.add(ListValue.copyOf(batch));
    }
    return StreamValue.generator(batches);
  }

  private static Value slice(Value value, Bound a) {
    int count = a.integer(0, 0);
    if (count == 0) {
      throw a.error("expected a number of slices other than 0");
    }
    List<Value> elements = Iteration.toList(value, a.budget());
    a.budget().elements(Math.max(count, 0));
    List<Value> slices = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < count; i++) {
      boolean longer = i < elements.size() % count;
      int to = from + elements.size() / count + (longer ? 1 : 0);
      ListValue slice = ListValue.copyOf(elements.subList(from, to));
      if (a.has(1) && !longer) {
        slice.elements().add(a.get(1));
      }
      slices.add(slice);
      from = to;
    }
    return StreamValue.generator(slices);
  }
}
