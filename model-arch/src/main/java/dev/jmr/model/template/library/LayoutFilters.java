package dev.jmr.model.template.library;

import dev.jmr.model.template.value.BoundedText;
import dev.jmr.model.template.value.None;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.Undefined;
import dev.jmr.model.template.value.Value;
import java.util.List;

/// Filters that lay out text in lines and columns.
final class LayoutFilters {
  static final List<Builtin> ALL =
      List.of(
          Builtin.of("center", "width?", LayoutFilters::center),
          Builtin.of("indent", "width? first? blank?", LayoutFilters::indent),
          Builtin.of("truncate", "length? killwords? end? leeway?", LayoutFilters::truncate),
          Builtin.of(
              "wordwrap",
              "width? break_long_words? wrapstring? break_on_hyphens?",
              LayoutFilters::wordwrap));

  private LayoutFilters() {}

  private static Value center(Value value, Bound a) {
    Str text = Str.of(TextFilters.text(value, a));
    return StringMethods.pad(text, a.integer(0, 80), " ", '=', a.budget());
  }

  private static Value indent(Value value, Bound a) {
    String indention = a.get(0, None.NONE) instanceof Str s ? s.text() : spaces(a.integer(0, 4), a);
    boolean blank = a.truth(2, false);
    List<String> lines = Splitting.lines(TextFilters.string(value, a).text() + "\n", false);
    BoundedText out = new BoundedText(a.budget());
    out.append(a.truth(1, false) ? indention : "");
    for (int i = 0; i < lines.size(); i++) {
      boolean indented = i > 0 && (blank || !lines.get(i).isEmpty());
      out.append(i > 0 ? "\n" : "").append(indented ? indention : "").append(lines.get(i));
    }
    return out.toStr();
  }

  private static String spaces(int width, Bound a) {
    return new BoundedText(a.budget()).repeat(" ", width).toString();
  }

  private static Value truncate(Value value, Bound a) {
    if (value instanceof Undefined) {
      return value;
    }
    Str text = TextFilters.string(value, a);
    int length = a.integer(0, 255);
    String end = a.text(2, "...");
    int kept = length - Str.of(end).length();
    int leeway = a.integer(3, 5);
    if (kept < 0 || leeway < 0) {
      throw a.error(
          kept < 0
              ? "expected length >= " + Str.of(end).length() + ", got " + length
              : "expected leeway >= 0, got " + leeway);
    }
    if (text.length() <= (long) length + leeway) {
      return text;
    }
    String cut = text.substring(0, kept).text();
    int space = cut.lastIndexOf(' ');
    return Str.of((a.truth(1, false) || space < 0 ? cut : cut.substring(0, space)) + end);
  }

  private static Value wordwrap(Value value, Bound a) {
    int width = a.integer(0, 79);
    if (width <= 0) {
      throw a.error("expected width > 0, got " + width);
    }
    WordWrap wrap = new WordWrap(width, a.truth(1, true), a.truth(3, true));
    String separator = a.text(2, "\n");
    BoundedText out = new BoundedText(a.budget());
    boolean first = true;
    for (String line : Splitting.lines(TextFilters.string(value, a).text(), false)) {
      out.append(first ? "" : separator).append(String.join(separator, wrap.wrap(line)));
      first = false;
    }
    return out.toStr();
  }
}
