package dev.jmr.model.template.library;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.Comparison;
import dev.jmr.model.template.value.Int;
import dev.jmr.model.template.value.Iteration;
import dev.jmr.model.template.value.ListValue;
import dev.jmr.model.template.value.None;
import dev.jmr.model.template.value.Repr;
import dev.jmr.model.template.value.Sequence;
import dev.jmr.model.template.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/// Methods of lists and tuples.
final class ListMethods {
  static final List<Builtin> OF_TUPLES =
      List.of(
          Builtin.of("index", "value start? stop?", ListMethods::index),
          Builtin.of("count", "value", ListMethods::count));

  static final List<Builtin> ALL =
      List.of(
          OF_TUPLES.get(0),
          OF_TUPLES.get(1),
          Builtin.of("copy", "", (v, a) -> ListValue.copyOf(Iteration.toList(v, a.budget()))),
          change("append", "object", (list, a) -> list.add(a.get(0))),
          change("extend", "iterable", ListMethods::extend),
          change("insert", "index object", ListMethods::insert),
          change("remove", "value", ListMethods::remove),
          change("clear", "", (list, a) -> list.clear()),
          change("reverse", "", (list, a) -> Collections.reverse(list)),
          change("sort", "reverse?", ListMethods::sort),
          Builtin.of("pop", "index?", ListMethods::pop));

  private ListMethods() {}

  /// A method that changes the list and returns none.
  private static Builtin change(String name, String parameters, Change change) {
    return Builtin.of(
        name,
        parameters,
        (v, a) -> {
          a.budget().elements(1);
          change.apply(((ListValue) v).elements(), a);
          return None.NONE;
        });
  }

  private interface Change {
    void apply(List<Value> list, Bound arguments);
  }

  private static void extend(List<Value> list, Bound a) {
    List<Value> more = Iteration.toList(a.get(0), a.budget());
    a.budget().elements((long) list.size() + more.size());
    list.addAll(more);
  }

  private static void insert(List<Value> list, Bound a) {
    int index = a.integer(0, 0);
    a.budget().work(list.size() >> 4);
    list.add(Math.clamp(index < 0 ? index + list.size() : index, 0, list.size()), a.get(1));
  }

  private static void remove(List<Value> list, Bound a) {
    int index = Comparison.indexOf(list, a.get(0), a.budget());
    if (index < 0) {
      throw new TemplateException("list.remove(x): x not in list");
    }
    list.remove(index);
  }

  private static void sort(List<Value> list, Bound a) {
    List<Value> sorted = new ArrayList<>(list);
    OrderFilters.sort(sorted, Function.identity(), a.truth(0, false), a.budget());
    list.clear();
    list.addAll(sorted);
  }

  private static Value pop(Value value, Bound a) {
    List<Value> list = ((ListValue) value).elements();
    int index = a.integer(0, -1);
    int fromStart = index < 0 ? index + list.size() : index;
    if (fromStart < 0 || fromStart >= list.size()) {
      throw new TemplateException(
          list.isEmpty() ? "pop from empty list" : "pop index out of range");
    }
    a.budget().work((list.size() - fromStart) >> 4);
    return list.remove(fromStart);
  }

  private static Value index(Value value, Bound a) {
    Sequence sequence = (Sequence) value;
    int start = position(a.integer(1, 0), sequence.size());
    int stop = position(a.integer(2, Integer.MAX_VALUE), sequence.size());
    for (int i = start; i < stop; i++) {
      if (Comparison.equal(sequence.get(i), a.get(0), a.budget())) {
        return Int.of(i);
      }
    }
    throw new TemplateException(Repr.brief(a.get(0)) + " is not in " + value.typeName());
  }

  private static int position(int index, int size) {
    return Math.clamp(index < 0 ? index + size : index, 0, size);
  }

  private static Value count(Value value, Bound a) {
    Sequence sequence = (Sequence) value;
    Budget budget = a.budget();
    int count = 0;
    for (int i = 0; i < sequence.size(); i++) {
      count += Comparison.equal(sequence.get(i), a.get(0), budget) ? 1 : 0;
    }
    return Int.of(count);
  }
}
