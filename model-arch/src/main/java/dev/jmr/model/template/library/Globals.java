package dev.jmr.model.template.library;

import dev.jmr.model.template.error.RaisedException;
import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.DictValue;
import dev.jmr.model.template.value.Int;
import dev.jmr.model.template.value.Iteration;
import dev.jmr.model.template.value.NamespaceValue;
import dev.jmr.model.template.value.Numbers;
import dev.jmr.model.template.value.RangeValue;
import dev.jmr.model.template.value.Repr;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.Value;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The functions that every template can call.
public final class Globals {
  private Globals() {}

  /// By name.
  ///
  /// @param clock what `strftime_now` looks at
  public static Map<String, Value> of(Clock clock) {
    Map<String, Value> globals = new LinkedHashMap<>();
    for (Builtin function : functions(clock).all()) {
      globals.put(function.name(), new Function(function));
    }
    return globals;
  }

  /// `; did you mean 'x'?`, or nothing.
  public static String hint(String name) {
    return functions(Clock.systemUTC()).hint(name);
  }

  private static Registry functions(Clock clock) {
    return Registry.of(
        List.of(
            Builtin.of("range", "start stop? step?", (self, a) -> range(a)),
            Builtin.of("dict", "entries? **named", (self, a) -> dict(a)),
            Builtin.of("namespace", "attributes? **named", (self, a) -> namespace(a)),
            Builtin.of("cycler", "*items", (self, a) -> new Cycler(a.more())),
            Builtin.of("joiner", "sep?", (self, a) -> new Joiner(a.get(0, Str.of(", ")))),
            Builtin.of(
                "raise_exception",
                "message",
                (self, a) -> {
                  throw new RaisedException(a.printed(0, "None"));
                }),
            Builtin.of(
                "strftime_now",
                "format",
                (self, a) ->
                    Strftime.format(a.text(0), LocalDateTime.now(clock), a.budget()).toStr()),
            Builtin.of(
                "lipsum",
                "*more **named",
                (self, a) -> {
                  throw a.error("random text has no place in a prompt");
                })));
  }

  private static Value range(Bound a) {
    long first = bound(a.get(0));
    long step = a.has(2) ? bound(a.get(2)) : 1;
    return a.has(1)
        ? RangeValue.of(first, bound(a.get(1)), step, a.budget())
        : RangeValue.of(0, first, step, a.budget());
  }

  private static long bound(Value value) {
    Int number = Numbers.toInt(value);
    if (!number.isLong() || Math.abs(number.asLong() >> 1) > Long.MAX_VALUE >> 3) {
      throw new TemplateException("range: expected a smaller number, got " + number);
    }
    return number.asLong();
  }

  private static Value dict(Bound a) {
    DictValue dict = new DictValue();
    if (a.has(0)) {
      putAll(dict, a.get(0), a.budget());
    }
    a.moreNamed().forEach(dict::put);
    return dict;
  }

  /// Python's `dict.update(source)`: a dictionary, or pairs.
  static void putAll(DictValue dict, Value source, Budget budget) {
    if (source instanceof DictValue other) {
      budget.elements(other.size());
      dict.entries().putAll(other.entries());
      return;
    }
    for (Value pair : Iteration.toList(source, budget)) {
      putPair(dict, pair, budget);
    }
  }

  private static void putPair(DictValue dict, Value pair, Budget budget) {
    List<Value> parts = Iteration.toList(pair, budget);
    if (parts.size() != 2) {
      throw new TemplateException(
          "dictionary update sequence element has length " + parts.size() + "; 2 is required");
    }
    dict.put(parts.get(0), parts.get(1));
  }

  private static Value namespace(Bound a) {
    DictValue attributes = (DictValue) dict(a);
    NamespaceValue namespace = new NamespaceValue();
    attributes
        .entries()
        .forEach((key, value) -> namespace.attributes().put(Repr.str(key, a.budget()), value));
    return namespace;
  }
}
