package dev.jmr.model.template.value;

import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.limit.TemplateLimits;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// Values as text: Python's `str` and `repr`.
public final class Repr {
  private static final int BRIEF = 80;

  private Repr() {}

  /// Python's `str(value)`.
  public static String str(Value value, Budget budget) {
    return switch (value) {
      case Str s -> s.text();
      case Undefined u -> "";
      default -> repr(value, budget);
    };
  }

  /// Python's `repr(value)`.
  public static String repr(Value value, Budget budget) {
    BoundedText text = new BoundedText(budget);
    append(value, text, budget, 0);
    return text.toString();
  }

  /// The `repr` of a value in an error message, cut where it is long.
  public static String brief(Value value) {
    String text =
        Iteration.size(value).orElse(0) > BRIEF
            ? "<" + value.typeName() + ">"
            : repr(value, new Budget(TemplateLimits.DEFAULTS));
    return text.length() > BRIEF ? text.substring(0, BRIEF) + "…" : text;
  }

  private static void append(Value value, BoundedText out, Budget budget, int depth) {
    budget.depth(depth);
    switch (value) {
      case Undefined u -> out.append("Undefined");
      case None n -> out.append("None");
      case Bool b -> out.append(b.truthy() ? "True" : "False");
      case Int i -> out.append(i.toString());
      case Real r -> out.append(r.text());
      case Str s -> out.append(s.isSafe() ? "Markup(" + quoted(s.text()) + ")" : quoted(s.text()));
      case ListValue l -> appendAll(l.elements(), "[", "]", out, budget, depth);
      case TupleValue t ->
          appendAll(t.elements(), "(", t.size() == 1 ? ",)" : ")", out, budget, depth);
      case RangeValue r ->
          out.append("range(" + r.start() + ", " + r.stop())
              .append(r.step() == 1 ? ")" : ", " + r.step() + ")");
      case DictValue d -> appendDict(d, out, budget, depth);
      case ViewValue v -> appendAll(v.elements(), v.typeName() + "([", "])", out, budget, depth);
      case StreamValue s -> out.append("<" + s.typeName() + " object>");
      case NamespaceValue n -> {
        DictValue attributes = new DictValue();
        n.attributes().forEach(attributes::put);
        out.append("<Namespace ");
        appendDict(attributes, out, budget, depth);
        out.append(">");
      }
      case ObjectValue o -> out.append("<" + o.typeName() + ">");
    }
  }

  private static void appendAll(
      List<Value> elements, String open, String close, BoundedText out, Budget budget, int depth) {
    out.append(open);
    for (int i = 0; i < elements.size(); i++) {
      out.append(i == 0 ? "" : ", ");
      append(elements.get(i), out, budget, depth + 1);
    }
    out.append(close);
  }

  private static void appendDict(DictValue dict, BoundedText out, Budget budget, int depth) {
    out.append("{");
    for (Iterator<Map.Entry<Value, Value>> i = dict.entries().entrySet().iterator();
        i.hasNext(); ) {
      Map.Entry<Value, Value> entry = i.next();
      append(entry.getKey(), out, budget, depth + 1);
      out.append(": ");
      append(entry.getValue(), out, budget, depth + 1);
      out.append(i.hasNext() ? ", " : "");
    }
    out.append("}");
  }

  /// Python's `repr` of a string.
  public static String quoted(String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    StringBuilder out = new StringBuilder(text.length() + 2).append(quote);
    text.codePoints().forEach(c -> appendQuoted(c, quote, out));
    return out.append(quote).toString();
  }

  private static void appendQuoted(int c, char quote, StringBuilder out) {
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\\' -> out.append("\\\\");
      default -> {
        if (c == quote) {
          out.append('\\').append(quote);
        } else if (printable(c) || Marks.isMark(c)) {
          out.appendCodePoint(c);
        } else {
          out.append(c < 0x100 ? "\\x" : c < 0x10000 ? "\\u" : "\\U");
          String digits = Integer.toHexString(c);
          out.repeat("0", (c < 0x100 ? 2 : c < 0x10000 ? 4 : 8) - digits.length()).append(digits);
        }
      }
    }
  }

  /// Python's `str.isprintable` of one character.
  private static boolean printable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
