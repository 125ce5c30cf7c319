package dev.jmr.model.template.library;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.BoundedText;
import dev.jmr.model.template.value.DictValue;
import dev.jmr.model.template.value.Int;
import dev.jmr.model.template.value.Iteration;
import dev.jmr.model.template.value.None;
import dev.jmr.model.template.value.Repr;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.TextSearch;
import dev.jmr.model.template.value.TupleValue;
import dev.jmr.model.template.value.Undefined;
import dev.jmr.model.template.value.Value;
import dev.jmr.model.template.value.Whitespace;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/// Filters that change or make strings.
final class TextFilters {
  private static final String BEFORE_WORD = "-({[<";

  static final List<Builtin> ALL =
      List.of(
          Builtin.of("upper", "", (v, a) -> Str.of(text(v, a).toUpperCase(Locale.ROOT))),
          Builtin.of("lower", "", (v, a) -> Str.of(text(v, a).toLowerCase(Locale.ROOT))),
          Builtin.of("capitalize", "", (v, a) -> Str.of(Characters.capitalize(text(v, a)))),
          Builtin.of("title", "", (v, a) -> Str.of(title(text(v, a)))),
          Builtin.of("trim", "chars?", TextFilters::trim),
          Builtin.of("replace", "old new count?", TextFilters::replace),
          Builtin.of("string", "", (v, a) -> v instanceof Str s ? s : Str.of(text(v, a))),
          Builtin.of("join", "d? attribute?", TextFilters::join),
          Builtin.of("format", "*values **named", TextFilters::format),
          Builtin.of("wordcount", "", (v, a) -> Int.of(words(text(v, a)))));

  private TextFilters() {}

  static String text(Value value, Bound a) {
    String text = Repr.str(value, a.budget());
    a.budget().value(text.length());
    return text;
  }

  /// The value, which must be a string: some filters print other values first, some do not take them.
  static Str string(Value value, Bound a) {
    return switch (value) {
      case Str s -> s;
      case Undefined u -> throw u.failure();
      default -> throw a.error("expected a string, got " + value.typeName());
    };
  }

  private static Value trim(Value value, Bound a) {
    return a.has(0)
        ? StringMethods.strip(text(value, a), a.text(0), true, true)
        : Str.of(Whitespace.strip(text(value, a), true, true));
  }

  private static Value replace(Value value, Bound a) {
    int count = a.integer(2, -1);
    return Str.of(
        replace(text(value, a), a.printed(0, "None"), a.printed(1, "None"), count, a.budget()));
  }

  /// Python's `text.replace(old, replacement, count)`; all of them if the count is negative.
  static String replace(String text, String old, String replacement, int count, Budget budget) {
    if (count == 0 || (old.length() > text.length())) {
      return text;
    }
    BoundedText out = new BoundedText(budget);
    int left = count;
    int from = 0;
    if (old.isEmpty()) {
      for (; from < text.length() && left != 0; left--) {
        int next = text.offsetByCodePoints(from, 1);
        out.append(replacement).append(text.substring(from, next));
        from = next;
      }
      return out.append(left == 0 ? text.substring(from) : replacement).toString();
    }
    for (; left != 0; left--) {
      int found = TextSearch.indexOf(text, old, from);
      if (found < 0) {
        break;
      }
      out.append(text.substring(from, found)).append(replacement);
      from = found + old.length();
    }
    return from == 0 ? text : out.append(text.substring(from)).toString();
  }

  private static Value join(Value value, Bound a) {
    String separator = a.printed(0, a.get(0, Str.EMPTY) instanceof None ? "None" : "");
    BoundedText out = new BoundedText(a.budget());
    boolean first = true;
    for (Iterator<Value> i = Iteration.of(value); i.hasNext(); first = false) {
      Value item = i.next();
      if (a.has(1)) {
        item = AttributePath.of(a.get(1)).read(item);
      }
      out.append(first ? "" : separator).append(Repr.str(item, a.budget()));
      a.budget().work(1);
    }
    return out.toStr();
  }

  private static Value format(Value value, Bound a) {
    if (!a.more().isEmpty() && !a.moreNamed().isEmpty()) {
      throw new TemplateException(
          "format: expected either positional or named arguments, not both");
    }
    Value arguments = TupleValue.copyOf(a.more());
    if (!a.moreNamed().isEmpty()) {
      DictValue named = new DictValue();
      a.moreNamed().forEach(named::put);
      arguments = named;
    }
    return PercentFormat.format(text(value, a), arguments, a.budget());
  }

  /// As the filter has it, which is not as the method has it: words begin at the start, and behind spaces, hyphens and
  /// opening brackets.
  private static String title(String text) {
    StringBuilder out = new StringBuilder(text.length());
    boolean begins = true;
    for (int c : text.codePoints().toArray()) {
      String character = Character.toString(c);
      out.append(begins ? character.toUpperCase(Locale.ROOT) : character.toLowerCase(Locale.ROOT));
      begins = Whitespace.is(c) || BEFORE_WORD.indexOf(c) >= 0;
    }
    return out.toString();
  }

  private static int words(String text) {
    int words = 0;
    boolean inWord = false;
    for (int c : text.codePoints().toArray()) {
      boolean part = c == '_' || Characters.isAlphanumeric(c);
      words += part && !inWord ? 1 : 0;
      inWord = part;
    }
    return words;
  }
}
