package dev.jmr.model.template.library;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.Arithmetic;
import dev.jmr.model.template.value.Int;
import dev.jmr.model.template.value.Iteration;
import dev.jmr.model.template.value.Numbers;
import dev.jmr.model.template.value.Real;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.Undefined;
import dev.jmr.model.template.value.Value;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Filters that make and change numbers.
final class NumberFilters {
  private static final List<String> DECIMAL_PREFIXES =
      List.of("kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB");

  static final List<Builtin> ALL =
      List.of(
          Builtin.of("abs", "", (v, a) -> abs(v)),
          Builtin.of("int", "default? base?", NumberFilters::integer),
          Builtin.of("float", "default?", NumberFilters::real),
          Builtin.of("round", "precision? method?", NumberFilters::round),
          Builtin.of("sum", "attribute? start?", NumberFilters::sum),
          Builtin.of("filesizeformat", "binary?", NumberFilters::fileSize));

  private NumberFilters() {}

  private static Value abs(Value value) {
    return switch (value) {
      case Real r -> new Real(Math.abs(r.value()));
      case Undefined u -> throw u.failure();
      case Value v when Numbers.isNumber(v) -> Int.of(Numbers.toInt(v).asBigInteger().abs());
      default ->
          throw new TemplateException("bad operand type for abs(): '" + value.typeName() + "'");
    };
  }

  private static Value integer(Value value, Bound a) {
    Value absent = a.get(0, Int.ZERO);
    return switch (value) {
      case Real r -> Double.isFinite(r.value()) ? Numbers.truncate(r.value()) : absent;
      case Str s ->
          NumberText.integer(s.text(), a.integer(1, 10), a.budget())
              .map(Value.class::cast)
              .or(() -> truncated(s.text()))
              .orElse(absent);
      case Undefined u -> throw u.failure();
      case Value v when Numbers.isNumber(v) -> Numbers.toInt(v);
      default -> absent;
    };
  }

  private static Optional<Value> truncated(String text) {
    return NumberText.real(text).filter(Double::isFinite).map(Numbers::truncate);
  }

  private static Value real(Value value, Bound a) {
    Value absent = a.get(0, new Real(0));
    return switch (value) {
      case Str s -> NumberText.real(s.text()).map(d -> (Value) new Real(d)).orElse(absent);
      case Undefined u -> throw u.failure();
      case Value v when Numbers.isNumber(v) -> new Real(Numbers.toDouble(v));
      default -> absent;
    };
  }

  private static Value round(Value value, Bound a) {
    int digits = a.integer(0, 0);
    String method = a.text(1, "common");
    if (value instanceof Undefined u) {
      throw u.failure();
    } else if (!Numbers.isNumber(value)) {
      throw new TemplateException("type " + value.typeName() + " doesn't define __round__ method");
    }
    return switch (method) {
      case "common" ->
          value instanceof Real r
              ? new Real(Numbers.round(r.value(), digits))
              : Numbers.roundInteger(Numbers.toInt(value), digits);
      case "ceil", "floor" -> {
        Value scale = Arithmetic.power(Int.of(10), Int.of(digits), a.budget());
        double scaled = Numbers.toDouble(Arithmetic.multiply(value, scale, a.budget()));
        double whole = method.equals("ceil") ? Math.ceil(scaled) : Math.floor(scaled);
        yield Arithmetic.divide(Numbers.truncate(whole), scale);
      }
      default -> throw a.error("expected method common, ceil or floor, got '" + method + "'");
    };
  }

  private static Value sum(Value value, Bound a) {
    Value sum = a.get(1, Int.ZERO);
    Optional<AttributePath> attribute =
        a.has(0) ? Optional.of(AttributePath.of(a.get(0))) : Optional.empty();
    if (sum instanceof Str) {
      throw a.error("strings cannot be summed; use join");
    }
    Budget budget = a.budget();
    for (Iterator<Value> i = Iteration.of(value); i.hasNext(); ) {
      Value item = i.next();
      budget.work(1);
      Value term = attribute.isPresent() ? attribute.get().read(item) : item;
      sum = Arithmetic.add(sum, term, budget);
    }
    return sum;
  }

  private static Value fileSize(Value value, Bound a) {
    double bytes =
        value instanceof Str s
            ? NumberText.real(s.text()).orElseThrow(() -> a.error("expected a number"))
            : Numbers.toDouble(value);
    boolean binary = a.truth(0, false);
    double base = binary ? 1024 : 1000;
    if (bytes == 1) {
      return Str.of("1 Byte");
    } else if (bytes < base) {
      return Str.of((long) bytes + " Bytes");
    }
    double unit = base;
    int power = 0;
    while (power < DECIMAL_PREFIXES.size() - 1 && bytes >= unit * base) {
      unit *= base;
      power++;
    }
    String prefix = DECIMAL_PREFIXES.get(power);
    String name = binary ? prefix.substring(0, 1).replace('k', 'K') + "iB" : prefix;
    return Str.of(NumberFormat.fixed(bytes / unit, 1) + " " + name);
  }
}
