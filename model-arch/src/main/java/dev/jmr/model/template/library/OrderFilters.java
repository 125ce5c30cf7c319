package dev.jmr.model.template.library;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.Comparison;
import dev.jmr.model.template.value.DictValue;
import dev.jmr.model.template.value.Iteration;
import dev.jmr.model.template.value.ListValue;
import dev.jmr.model.template.value.None;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.StreamValue;
import dev.jmr.model.template.value.TupleValue;
import dev.jmr.model.template.value.Undefined;
import dev.jmr.model.template.value.Value;
import dev.jmr.model.template.value.ViewValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/// Filters that compare the elements with each other. Letters are compared without case unless asked for.
final class OrderFilters {
  static final List<Builtin> ALL =
      List.of(
          Builtin.of("sort", "reverse? case_sensitive? attribute?", OrderFilters::sort),
          Builtin.of("dictsort", "case_sensitive? by? reverse?", OrderFilters::dictsort),
          Builtin.of("min", "case_sensitive? attribute?", (v, a) -> extreme(v, a, 1)),
          Builtin.of("max", "case_sensitive? attribute?", (v, a) -> extreme(v, a, -1)),
          Builtin.of("unique", "case_sensitive? attribute?", OrderFilters::unique),
          Builtin.of("groupby", "attribute default? case_sensitive?", OrderFilters::groupby));

  private OrderFilters() {}

  /// Sorts as Python does: stable, and what was equal stays in order when reversed.
  static void sort(
      List<Value> elements, Function<Value, Value> key, boolean reverse, Budget budget) {
    budget.elements(elements.size());
    List<Keyed> keyed = new ArrayList<>(elements.size());
    elements.forEach(element -> keyed.add(new Keyed(key.apply(element), element)));
    Comparator<Keyed> order = (x, y) -> Comparison.order(x.key, y.key, "<", budget).orElse(0);
    try {
      keyed.sort(reverse ? order.reversed() : order);
    } catch (IllegalArgumentException e) {
      throw new TemplateException("sort: the elements have no order (NaN is not before or after)");
    }
    for (int i = 0; i < keyed.size(); i++) {
      elements.set(i, keyed.get(i).element);
    }
  }

  private record Keyed(Value key, Value element) {}

  private static Value withoutCase(Value value) {
    return value instanceof Str s ? Str.of(s.text().toLowerCase(Locale.ROOT)) : value;
  }

  private static Function<Value, Value> key(Bound a, int attribute, boolean caseSensitive) {
    Function<Value, Value> path =
        a.has(attribute) ? AttributePath.of(a.get(attribute))::read : Function.identity();
    return caseSensitive ? path : path.andThen(OrderFilters::withoutCase);
  }

  private static Value sort(Value value, Bound a) {
    List<Value> elements = Iteration.toList(value, a.budget());
    boolean caseSensitive = a.truth(1, false);
    Function<Value, Value> key = key(a, 2, caseSensitive);
    if (a.has(2) && a.get(2) instanceof Str paths) {
      List<Function<Value, Value>> parts = new ArrayList<>();
      for (String path : paths.text().split(",", -1)) {
        AttributePath attribute = AttributePath.of(Str.of(path));
        parts.add(item -> caseSensitive ? attribute.read(item) : withoutCase(attribute.read(item)));
      }
      key = item -> TupleValue.copyOf(parts.stream().map(part -> part.apply(item)).toList());
    }
    sort(elements, key, a.truth(0, false), a.budget());
    return ListValue.copyOf(elements);
  }

  private static Value dictsort(Value value, Bound a) {
    if (!(value instanceof DictValue dict)) {
      throw a.error("expected a dict, got " + value.typeName());
    }
    int part =
        switch (a.text(1, "key")) {
          case "key" -> 0;
          case "value" -> 1;
          default -> throw a.error("expected by='key' or by='value'");
        };
    boolean caseSensitive = a.truth(0, false);
    List<Value> pairs = new ViewValue(dict, ViewValue.Part.ITEMS).elements();
    Function<Value, Value> key = pair -> ((TupleValue) pair).get(part);
    sort(
        pairs,
        caseSensitive ? key : key.andThen(OrderFilters::withoutCase),
        a.truth(2, false),
        a.budget());
    return ListValue.copyOf(pairs);
  }

  /// @param sign 1 for the least, -1 for the greatest; of equal ones the first
  private static Value extreme(Value value, Bound a, int sign) {
    List<Value> elements = Iteration.toList(value, a.budget());
    Function<Value, Value> key = key(a, 1, a.truth(0, false));
    if (elements.isEmpty()) {
      return new Undefined("No aggregated item, sequence was empty.");
    }
    Value found = elements.getFirst();
    for (Value element : elements.subList(1, elements.size())) {
      Value x = key.apply(element);
      Value y = key.apply(found);
      int order = Comparison.order(x, y, sign > 0 ? "<" : ">", a.budget()).orElse(0);
      found = sign * order < 0 ? element : found;
    }
    return found;
  }

  private static Value unique(Value value, Bound a) {
    Function<Value, Value> key = key(a, 1, a.truth(0, false));
    Set<Value> seen = new HashSet<>();
    List<Value> kept = new ArrayList<>();
    for (Value element : Iteration.toList(value, a.budget())) {
      if (seen.add(DictValue.key(key.apply(element)))) {
        kept.add(element);
      }
    }
    return StreamValue.generator(kept);
  }

  private static Value groupby(Value value, Bound a) {
    AttributePath attribute = AttributePath.of(a.get(0), a.get(1, None.NONE));
    Function<Value, Value> key =
        a.truth(2, false) ? attribute::read : item -> withoutCase(attribute.read(item));
    List<Value> elements = Iteration.toList(value, a.budget());
    sort(elements, key, false, a.budget());
    List<Value> groups = new ArrayList<>();
    for (int from = 0, to; from < elements.size(); from = to) {
      Value group = key.apply(elements.get(from));
      to = from + 1;
      while (to < elements.size()
          && Comparison.equal(group, key.apply(elements.get(to)), a.budget())) {
        to++;
      }
      List<Value> members = elements.subList(from, to);
      groups.add(
          new TupleValue(
              List.of(attribute.read(members.getFirst()), ListValue.copyOf(members)),
              List.of("grouper", "list")));
    }
    return ListValue.copyOf(groups);
  }
}
