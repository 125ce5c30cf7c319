package dev.jmr.model.template.library;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.BoundedText;
import dev.jmr.model.template.value.DictValue;
import dev.jmr.model.template.value.Iteration;
import dev.jmr.model.template.value.None;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.Value;
import dev.jmr.model.template.value.Whitespace;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Methods of strings that make another string.
final class StringMethods {
  static final List<Builtin> ALL =
      List.of(
          Builtin.of("upper", "", (v, a) -> Str.of(text(v).toUpperCase(Locale.ROOT))),
          Builtin.of("lower", "", (v, a) -> Str.of(text(v).toLowerCase(Locale.ROOT))),
          Builtin.of("casefold", "", (v, a) -> Str.of(folded(text(v)))),
          Builtin.of("capitalize", "", (v, a) -> Str.of(Characters.capitalize(text(v)))),
          Builtin.of("title", "", (v, a) -> Str.of(Characters.title(text(v)))),
          Builtin.of("swapcase", "", (v, a) -> Str.of(Characters.swapCase(text(v)))),
          Builtin.of("strip", "chars?", (v, a) -> strip(v, a, true, true)),
          Builtin.of("lstrip", "chars?", (v, a) -> strip(v, a, true, false)),
          Builtin.of("rstrip", "chars?", (v, a) -> strip(v, a, false, true)),
          Builtin.of("removeprefix", "prefix", (v, a) -> removePrefix(text(v), a.text(0))),
          Builtin.of("removesuffix", "suffix", (v, a) -> removeSuffix(text(v), a.text(0))),
          Builtin.of("replace", "old new count?", StringMethods::replace),
          Builtin.of("join", "iterable", StringMethods::join),
          Builtin.of("center", "width fillchar?", (v, a) -> pad(v, a, '=')),
          Builtin.of("ljust", "width fillchar?", (v, a) -> pad(v, a, '<')),
          Builtin.of("rjust", "width fillchar?", (v, a) -> pad(v, a, '>')),
          Builtin.of("zfill", "width", (v, a) -> zfill((Str) v, a)),
          Builtin.of("expandtabs", "tabsize?", (v, a) -> expandTabs(text(v), a)),
          Builtin.of(
              "format",
              "*arguments **named",
              (v, a) -> new BraceFormat(a.more(), a.moreNamed(), a.budget()).format(text(v))),
          Builtin.of("format_map", "mapping", StringMethods::formatMap));

  private StringMethods() {}

  static String text(Value value) {
    return ((Str) value).text();
  }

  private static String folded(String text) {
    return text.replace("ß", "ss").toLowerCase(Locale.ROOT);
  }

  private static Str strip(Value value, Bound a, boolean left, boolean right) {
    return a.has(0)
        ? strip(text(value), a.text(0), left, right)
        : Str.of(Whitespace.strip(text(value), left, right));
  }

  /// The text without any of the characters at its ends.
  static Str strip(String text, String characters, boolean left, boolean right) {
    int start = 0;
    int end = text.length();
    while (left && start < end && characters.indexOf(text.codePointAt(start)) >= 0) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (right && end > start && characters.indexOf(text.codePointBefore(end)) >= 0) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return Str.of(text.substring(start, end));
  }

  private static Str removePrefix(String text, String prefix) {
    return Str.of(text.startsWith(prefix) ? text.substring(prefix.length()) : text);
  }

  private static Str removeSuffix(String text, String suffix) {
    return Str.of(
        text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text);
  }

  private static Str replace(Value value, Bound a) {
    return Str.of(
        TextFilters.replace(text(value), a.text(0), a.text(1), a.integer(2, -1), a.budget()));
  }

  private static Str join(Value value, Bound a) {
    BoundedText out = new BoundedText(a.budget());
    int index = 0;
    for (Iterator<Value> i = Iteration.of(a.get(0)); i.hasNext(); index++) {
      Value item = i.next();
      if (!(item instanceof Str s)) {
        throw new TemplateException(
            "sequence item " + index + ": expected str instance, " + item.typeName() + " found");
      }
      out.append(index == 0 ? "" : text(value)).append(s.text());
      a.budget().work(1);
    }
    return out.toStr();
  }

  private static Str pad(Value value, Bound a, char alignment) {
    String fill = a.text(1, " ");
    if (fill.codePointCount(0, fill.length()) != 1) {
      throw new TemplateException("The fill character must be exactly one character long");
    }
    return pad((Str) value, a.integer(0, 0), fill, alignment, a.budget());
  }

  /// @param alignment `<` for padding behind the text, `>` before it, `^` on both sides with the odd one behind, `=`
  ///     on both sides as `str.center` does it
  static Str pad(Str text, int width, String fill, char alignment, Budget budget) {
    long missing = Math.max(0L, (long) width - text.length());
    long before =
        switch (alignment) {
          case '<' -> 0;
          case '>' -> missing;
          case '^' -> missing / 2;
          default -> missing / 2 + (missing & width & 1);
        };
    return new BoundedText(budget)
        .repeat(fill, before)
        .append(text.text())
        .repeat(fill, missing - before)
        .toStr();
  }

  private static Str zfill(Str value, Bound a) {
    String text = value.text();
    String sign = text.startsWith("-") || text.startsWith("+") ? text.substring(0, 1) : "";
    return new BoundedText(a.budget())
        .append(sign)
        .repeat("0", (long) a.integer(0, 0) - value.length())
        .append(text.substring(sign.length()))
        .toStr();
  }

  private static Str expandTabs(String text, Bound a) {
    int size = a.integer(0, 8);
    BoundedText out = new BoundedText(a.budget());
    int column = 0;
    for (int c : text.codePoints().toArray()) {
      if (c == '\t') {
        int spaces = size > 0 ? size - column % size : 0;
        out.repeat(" ", spaces);
        column += spaces;
      } else {
        out.append(Character.toString(c));
        column = c == '\n' || c == '\r' ? 0 : column + 1;
      }
    }
    return out.toStr();
  }

  private static Value formatMap(Value value, Bound a) {
    if (!(a.get(0) instanceof DictValue dict)) {
      throw a.error("expected a dict, got " + a.get(0, None.NONE).typeName());
    }
    Map<String, Value> named = new LinkedHashMap<>();
    dict.entries()
        .forEach((key, entry) -> {
          if (key instanceof Str name) {
            named.put(name.text(), entry);
          }
        });
    return new BraceFormat(List.of(), named, a.budget()).format(text(value));
  }
}
