package dev.jmr.model.template.library;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.Bool;
import dev.jmr.model.template.value.BoundedText;
import dev.jmr.model.template.value.DictValue;
import dev.jmr.model.template.value.Int;
import dev.jmr.model.template.value.ListValue;
import dev.jmr.model.template.value.Marks;
import dev.jmr.model.template.value.None;
import dev.jmr.model.template.value.Real;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.TupleValue;
import dev.jmr.model.template.value.Value;
import dev.jmr.model.template.value.ViewValue;
import java.util.List;

/// Writes JSON as Python's `json.dumps` does. Nothing is escaped for HTML.
final class JsonWriter {
  private final JsonOptions options;
  private final Budget budget;
  private final BoundedText out;

  private JsonWriter(JsonOptions options, Budget budget) {
    this.options = options;
    this.budget = budget;
    this.out = new BoundedText(budget);
  }

  /// @throws TemplateException if there is something that JSON does not have
  static Str write(Value value, JsonOptions options, Budget budget) {
    JsonWriter writer = new JsonWriter(options, budget);
    writer.value(value, 0);
    return writer.out.toStr();
  }

  private void value(Value value, int depth) {
    budget.depth(depth);
    switch (value) {
      case None n -> out.append("null");
      case Bool b -> out.append(b.truthy() ? "true" : "false");
      case Int i -> out.append(i.toString());
      case Real r -> out.append(number(r));
      case Str s -> string(s.text());
      case ListValue l -> array(l.elements(), depth + 1);
      case TupleValue t -> array(t.elements(), depth + 1);
      case DictValue d -> object(d, depth + 1);
      default ->
          throw new TemplateException(
              "Object of type " + value.typeName() + " is not JSON serializable");
    }
  }

  private static String number(Real real) {
    double value = real.value();
    if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    return Double.isNaN(value) ? "NaN" : real.text();
  }

  private void array(List<Value> elements, int depth) {
    out.append('[');
    for (int i = 0; i < elements.size(); i++) {
      out.append(i == 0 ? "" : options.itemSeparator());
      newLine(depth);
      value(elements.get(i), depth);
    }
    end(elements.isEmpty(), depth, ']');
  }

  private void object(DictValue dict, int depth) {
    out.append('{');
    List<Value> entries = new ViewValue(dict, ViewValue.Part.ITEMS).elements();
    if (options.sortKeys()) {
      OrderFilters.sort(entries, entry -> ((TupleValue) entry).get(0), false, budget);
    }
    for (int i = 0; i < entries.size(); i++) {
      TupleValue entry = (TupleValue) entries.get(i);
      out.append(i == 0 ? "" : options.itemSeparator());
      newLine(depth);
      string(key(entry.get(0)));
      out.append(options.keySeparator());
      value(entry.get(1), depth);
    }
    end(entries.isEmpty(), depth, '}');
  }

  private void newLine(int depth) {
    if (options.indent().isPresent()) {
      out.append('\n').repeat(options.indent().get(), depth);
    }
  }

  private void end(boolean empty, int depth, char close) {
    if (!empty) {
      newLine(depth - 1);
    }
    out.append(close);
  }

  private static String key(Value key) {
    return switch (key) {
      case Str s -> s.text();
      case None n -> "null";
      case Bool b -> b.truthy() ? "true" : "false";
      case Int i -> i.toString();
      case Real r -> number(r);
      default ->
          throw new TemplateException(
              "keys must be str, int, float, bool or None, not " + key.typeName());
    };
  }

  private void string(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        case '\f' -> json.append("\\f");
        case '\b' -> json.append("\\b");
        default -> {
          if (c < ' ' || (c > '~' && options.ensureAscii() && !Marks.isMark(c))) {
            String digits = Integer.toHexString(c);
            json.append("\\u").repeat("0", 4 - digits.length()).append(digits);
          } else {
            json.append(c);
          }
        }
      }
    }
    out.append(json.append('"'));
  }
}
