package dev.jmr.model.template.library;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.value.BoundedText;
import dev.jmr.model.template.value.DictValue;
import dev.jmr.model.template.value.Iteration;
import dev.jmr.model.template.value.Markup;
import dev.jmr.model.template.value.None;
import dev.jmr.model.template.value.Repr;
import dev.jmr.model.template.value.Sequence;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.Undefined;
import dev.jmr.model.template.value.Value;
import dev.jmr.model.template.value.ViewValue;
import dev.jmr.model.template.value.Whitespace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Filters for HTML and addresses. Nothing is escaped unless a template asks for it.
final class MarkupFilters {
  private static final String UNRESERVED = "_.-~";

  static final List<Builtin> ALL =
      List.of(
          Builtin.of("escape", "", (v, a) -> escape(v, a)),
          Builtin.of("e", "", (v, a) -> escape(v, a)),
          Builtin.of("forceescape", "", (v, a) -> Str.safe(Markup.escape(TextFilters.text(v, a)))),
          Builtin.of("safe", "", (v, a) -> Str.safe(TextFilters.text(v, a))),
          Builtin.of("striptags", "", (v, a) -> striptags(TextFilters.text(v, a))),
          Builtin.of("urlencode", "", MarkupFilters::urlencode),
          Builtin.of("xmlattr", "autospace?", MarkupFilters::xmlattr));

  private MarkupFilters() {}

  private static Str escape(Value value, Bound a) {
    return value instanceof Str s && s.isSafe()
        ? s
        : Str.safe(Markup.escape(TextFilters.text(value, a)));
  }

  private static Value striptags(String text) {
    String plain = without(without(text, "<!--", "-->"), "<", ">");
    List<String> words = Splitting.words(plain, -1);
    String joined =
        String.join(" ", words)
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#34;", "\"")
            .replace("&#39;", "'")
            .replace("&nbsp;", "\u00a0")
            .replace("&amp;", "&");
    return Str.of(joined);
  }

  private static String without(String text, String open, String close) {
    StringBuilder out = new StringBuilder(text.length());
    int from = 0;
    for (int start = text.indexOf(open); start >= 0; start = text.indexOf(open, from)) {
      int end = text.indexOf(close, start);
      if (end < 0) {
        break;
      }
      out.append(text, from, start);
      from = end + close.length();
    }
    return out.append(text, from, text.length()).toString();
  }

  private static Value urlencode(Value value, Bound a) {
    if (value instanceof DictValue dict) {
      return query(new ViewValue(dict, ViewValue.Part.ITEMS).elements(), a);
    } else if (value instanceof Sequence || value instanceof ViewValue) {
      return query(Iteration.toList(value, a.budget()), a);
    }
    return Str.of(quoted(TextFilters.text(value, a), "/"));
  }

  private static Str query(List<Value> pairs, Bound a) {
    BoundedText out = new BoundedText(a.budget());
    for (Value pair : pairs) {
      List<Value> parts = Iteration.toList(pair, a.budget());
      if (parts.size() != 2) {
        throw a.error("expected pairs, got " + Repr.brief(pair));
      }
      out.append(out.length() == 0 ? "" : "&")
          .append(quoted(TextFilters.text(parts.get(0), a), "").replace("%20", "+"))
          .append("=")
          .append(quoted(TextFilters.text(parts.get(1), a), "").replace("%20", "+"));
    }
    return out.toStr();
  }

  private static String quoted(String text, String safe) {
    StringBuilder out = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = (c < 0x80 && Character.isLetterOrDigit(c)) || UNRESERVED.indexOf(c) >= 0;
      if (plain || safe.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
      }
    }
    return out.toString();
  }

  private static Value xmlattr(Value value, Bound a) {
    if (!(value instanceof DictValue dict)) {
      throw a.error("expected a dict, got " + value.typeName());
    }
    List<String> attributes = new ArrayList<>();
    dict.entries()
        .forEach((key, attribute) -> {
          if (!(attribute instanceof None) && !(attribute instanceof Undefined)) {
            String name = name(TextFilters.text(key, a));
            attributes.add(name + "=\"" + escape(attribute, a).text() + "\"");
          }
        });
    String joined = String.join(" ", attributes);
    return Str.of(a.truth(0, true) && !joined.isEmpty() ? " " + joined : joined);
  }

  private static String name(String key) {
    if (key.codePoints().anyMatch(c -> Whitespace.is(c) || "/>=".indexOf(c) >= 0)) {
      throw new TemplateException("Invalid character in attribute name: " + Repr.quoted(key));
    }
    return Markup.escape(key);
  }
}
