package dev.jmr.model.template.library;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.BoundedText;
import dev.jmr.model.template.value.Int;
import dev.jmr.model.template.value.Repr;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.Value;
import java.util.List;
import java.util.Map;

/// Python's `str.format`: `{name.attribute[key]!r:spec}`.
final class BraceFormat {
  private final List<Value> positional;
  private final Map<String, Value> named;
  private final Budget budget;
  private int next;

  BraceFormat(List<Value> positional, Map<String, Value> named, Budget budget) {
    this.positional = positional;
    this.named = named;
    this.budget = budget;
  }

  Str format(String text) {
    BoundedText out = new BoundedText(budget);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '{' && c != '}') {
        out.append(c);
      } else if (i + 1 < text.length() && text.charAt(i + 1) == c) {
        out.append(c);
        i++;
      } else if (c == '}') {
        throw new TemplateException("Single '}' encountered in format string");
      } else {
        int end = end(text, i + 1);
        out.append(field(text.substring(i + 1, end)));
        i = end;
      }
    }
    return out.toStr();
  }

  private static int end(String text, int from) {
    int depth = 1;
    for (int i = from; i < text.length(); i++) {
      depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw new TemplateException("expected '}' before end of string");
  }

  private String field(String field) {
    int nameEnd = 0;
    boolean inKey = false;
    while (nameEnd < field.length()
        && (inKey || (field.charAt(nameEnd) != '!' && field.charAt(nameEnd) != ':'))) {
      inKey = field.charAt(nameEnd) == '[' || (inKey && field.charAt(nameEnd) != ']');
      nameEnd++;
    }
    Value value = value(field.substring(0, nameEnd));
    String rest = field.substring(nameEnd);
    if (rest.startsWith("!")) {
      if (rest.length() < 2 || (rest.length() > 2 && rest.charAt(2) != ':')) {
        throw new TemplateException("expected ':' after conversion specifier");
      }
      value = converted(value, rest.charAt(1));
      rest = rest.substring(2);
    }
    String spec = rest.startsWith(":") ? resolved(rest.substring(1)) : "";
    return ValueFormat.format(value, spec, budget);
  }

  /// The format of a field may hold fields itself, but these none.
  private String resolved(String spec) {
    BoundedText out = new BoundedText(budget);
    int from = 0;
    for (int open = spec.indexOf('{'); open >= 0; open = spec.indexOf('{', from)) {
      int close = end(spec, open + 1);
      String inner = spec.substring(open + 1, close);
      if (inner.indexOf('{') >= 0) {
        throw new TemplateException("Max string recursion exceeded");
      }
      out.append(spec.substring(from, open)).append(field(inner));
      from = close + 1;
    }
    return out.append(spec.substring(from)).toString();
  }

  private Value converted(Value value, char conversion) {
    return switch (conversion) {
      case 's' -> Str.of(Repr.str(value, budget));
      case 'r', 'a' -> Str.of(Repr.repr(value, budget));
      default -> throw new TemplateException("Unknown conversion specifier '" + conversion + "'");
    };
  }

  private Value value(String path) {
    int end = 0;
    while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
      end++;
    }
    Value value = argument(path.substring(0, end));
    while (end < path.length()) {
      boolean item = path.charAt(end) == '[';
      int start = end + 1;
      end = start;
      while (end < path.length()
          && (item
              ? path.charAt(end) != ']'
              : path.charAt(end) != '.' && path.charAt(end) != '[')) {
        end++;
      }
      String key = path.substring(start, end);
      value = item ? Attributes.item(value, key(key)) : Attributes.attribute(value, Str.of(key));
      end += item ? 1 : 0;
    }
    return value;
  }

  private static Value key(String key) {
    return isNumber(key) ? Int.of(Integer.parseInt(key)) : Str.of(key);
  }

  private static boolean isNumber(String text) {
    return text.length() < 10 && Characters.all(text, c -> c >= '0' && c <= '9');
  }

  private Value argument(String name) {
    if (!name.isEmpty() && !isNumber(name)) {
      Value value = named.get(name);
      if (value == null) {
        throw new TemplateException("format: no argument '" + name + "'");
      }
      return value;
    }
    int index = name.isEmpty() ? next++ : Integer.parseInt(name);
    if (index >= positional.size()) {
      throw new TemplateException(
          "Replacement index " + index + " out of range for positional args tuple");
    }
    return positional.get(index);
  }
}
