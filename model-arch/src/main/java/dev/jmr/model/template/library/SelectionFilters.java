package dev.jmr.model.template.library;

import dev.jmr.model.template.value.Arguments;
import dev.jmr.model.template.value.Iteration;
import dev.jmr.model.template.value.Nearest;
import dev.jmr.model.template.value.None;
import dev.jmr.model.template.value.Repr;
import dev.jmr.model.template.value.StreamValue;
import dev.jmr.model.template.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/// Filters that apply a filter or test, given by name, to each element.
final class SelectionFilters {
  static final List<Builtin> ALL =
      List.of(
          Builtin.of("map", "*arguments **named", SelectionFilters::map),
          Builtin.of("select", "*arguments **named", (v, a) -> select(v, a, false, true)),
          Builtin.of("reject", "*arguments **named", (v, a) -> select(v, a, false, false)),
          Builtin.of("selectattr", "*arguments **named", (v, a) -> select(v, a, true, true)),
          Builtin.of("rejectattr", "*arguments **named", (v, a) -> select(v, a, true, false)));

  private SelectionFilters() {}

  private static Value map(Value value, Bound a) {
    List<Value> mapped = new ArrayList<>();
    if (value.truthy()) {
      Function<Value, Value> function = mapping(a);
      for (Iterator<Value> i = Iteration.of(value); i.hasNext(); ) {
        a.budget().iteration();
        mapped.add(function.apply(i.next()));
      }
    }
    return StreamValue.generator(mapped);
  }

  private static Function<Value, Value> mapping(Bound a) {
    if (a.more().isEmpty() && a.moreNamed().containsKey("attribute")) {
      Map<String, Value> named = new LinkedHashMap<>(a.moreNamed());
      Value attribute = named.getOrDefault("attribute", None.NONE);
      Value absent = named.getOrDefault("default", None.NONE);
      named.remove("attribute");
      named.remove("default");
      if (!named.isEmpty()) {
        String name = named.keySet().iterator().next();
        throw a.error(
            "unknown argument '"
                + name
                + "'"
                + Nearest.hint(name, List.of("attribute", "default")));
      }
      return AttributePath.of(attribute, absent)::read;
    } else if (a.more().isEmpty()) {
      throw a.error("expected the name of a filter, or attribute=…");
    }
    String filter = Repr.str(a.more().getFirst(), a.budget());
    Arguments arguments = new Arguments(a.more(), a.moreNamed()).skip(1);
    return item -> Filters.apply(filter, item, arguments, a.budget());
  }

  private static Value select(Value value, Bound a, boolean byAttribute, boolean wanted) {
    List<Value> selected = new ArrayList<>();
    if (value.truthy()) {
      Predicate<Value> predicate = predicate(a, byAttribute);
      for (Iterator<Value> i = Iteration.of(value); i.hasNext(); ) {
        a.budget().iteration();
        Value item = i.next();
        if (predicate.test(item) == wanted) {
          selected.add(item);
        }
      }
    }
    return StreamValue.generator(selected);
  }

  private static Predicate<Value> predicate(Bound a, boolean byAttribute) {
    if (byAttribute && a.more().isEmpty()) {
      throw a.error("expected the name of an attribute");
    }
    Function<Value, Value> subject =
        byAttribute ? AttributePath.of(a.more().getFirst())::read : Function.identity();
    List<Value> rest = a.more().subList(byAttribute ? 1 : 0, a.more().size());
    if (rest.isEmpty()) {
      return item -> subject.apply(item).truthy();
    }
    String test = Repr.str(rest.getFirst(), a.budget());
    Arguments arguments = new Arguments(rest, a.moreNamed()).skip(1);
    return item -> Tests.holds(test, subject.apply(item), arguments, a.budget());
  }
}
