package dev.jmr.model.template.library;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.BoundedText;
import dev.jmr.model.template.value.DictValue;
import dev.jmr.model.template.value.Int;
import dev.jmr.model.template.value.Numbers;
import dev.jmr.model.template.value.Real;
import dev.jmr.model.template.value.Repr;
import dev.jmr.model.template.value.Sequence;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.TupleValue;
import dev.jmr.model.template.value.Value;
import dev.jmr.model.template.value.ViewValue;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Python's `text % arguments`.
public final class PercentFormat {
  private static final Pattern DIRECTIVE =
      Pattern.compile(
          "%(?:\\(([^()]*)\\))?([-+ #0]*)(\\*|[0-9]{1,9})?(?:\\.(\\*|[0-9]{0,9}))?[hlL]?(.)",
          Pattern.DOTALL);

  private final List<Value> arguments;
  private final Value mapping;
  private final Budget budget;
  private int next;
  private boolean named;

  private PercentFormat(Value arguments, Budget budget) {
    this.arguments = arguments instanceof TupleValue t ? t.elements() : List.of(arguments);
    this.mapping = arguments;
    this.budget = budget;
  }

  /// Formats as `text % arguments`.
  ///
  /// @param arguments a tuple, a dictionary, or one value
  public static Str format(String text, Value arguments, Budget budget) {
    return new PercentFormat(arguments, budget).format(text);
  }

  private Str format(String text) {
    BoundedText out = new BoundedText(budget);
    Matcher matcher = DIRECTIVE.matcher(text);
    int from = 0;
    for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', from)) {
      out.append(text.substring(from, at));
      if (!matcher.region(at, text.length()).lookingAt()) {
        throw new TemplateException("incomplete format");
      }
      out.append(directive(matcher));
      from = matcher.end();
    }
    out.append(text.substring(from));
    boolean mapped = named || mapping instanceof DictValue || isContainer();
    if (next < arguments.size() && !mapped) {
      throw new TemplateException("not all arguments converted during string formatting");
    }
    return out.toStr();
  }

  private boolean isContainer() {
    return !(mapping instanceof TupleValue)
        && (mapping instanceof Sequence || mapping instanceof ViewValue);
  }

  private String directive(Matcher matcher) {
    char type = matcher.group(5).charAt(0);
    String flags = matcher.group(2);
    if (type == '%') {
      return "%";
    }
    String name = matcher.group(1);
    Value field = name == null ? mapping : member(name);
    int width = size(matcher.group(3), 0);
    int precision = size(matcher.group(4), -1);
    Value value = name == null ? argument() : field;
    boolean left = flags.contains("-") || width < 0;
    boolean zero = flags.contains("0") && !left && "diouxXeEfFgG".indexOf(type) >= 0;
    char sign = flags.contains("+") ? '+' : flags.contains(" ") ? ' ' : '-';
    FormatSpec spec =
        new FormatSpec(
            zero ? "0" : " ",
            left ? '<' : zero ? '=' : '>',
            sign,
            flags.contains("#"),
            Math.abs(width),
            ' ',
            precision,
            type);
    return converted(value, spec);
  }

  private Value member(String name) {
    named = true;
    if (!(mapping instanceof DictValue dict)) {
      throw new TemplateException("format requires a mapping");
    }
    return dict.get(Str.of(name))
        .orElseThrow(() -> new TemplateException("format: no argument '" + name + "'"));
  }

  private Value argument() {
    if (next >= arguments.size()) {
      throw new TemplateException("not enough arguments for format string");
    }
    return arguments.get(next++);
  }

  private int size(@Nullable String group, int absent) {
    if (group == null) {
      return absent;
    } else if (group.equals("*")) {
      return Numbers.toInt(argument()).clamped();
    }
    return group.isEmpty() ? 0 : Integer.parseInt(group);
  }

  private String converted(Value value, FormatSpec spec) {
    return switch (spec.type()) {
      case 's' -> text(Repr.str(value, budget), spec);
      case 'r', 'a' -> text(Repr.repr(value, budget), spec);
      case 'c' ->
          text(value instanceof Str s ? s.text() : Character.toString(character(value)), spec);
      case 'd', 'i', 'u' -> integer(value, spec, 10, "");
      case 'o' -> integer(value, spec, 8, "0o");
      case 'x', 'X' -> integer(value, spec, 16, "0x");
      case 'e', 'E', 'f', 'F', 'g', 'G' -> real(value, spec);
      default -> throw new TemplateException("unsupported format character '" + spec.type() + "'");
    };
  }

  private static int character(Value value) {
    return ValueFormat.codePoint(Numbers.toInt(value));
  }

  private String text(String text, FormatSpec spec) {
    Str str = Str.of(text);
    boolean cut = spec.precision() >= 0 && spec.precision() < str.length();
    return spec.pad((cut ? str.substring(0, spec.precision()) : str).text(), '>', budget);
  }

  private String integer(Value value, FormatSpec spec, int radix, String prefix) {
    if (!Numbers.isNumber(value)) {
      throw new TemplateException(
          "%" + spec.type() + " format: a real number is required, not " + value.typeName());
    }
    Int number = value instanceof Real r ? Numbers.truncate(r.value()) : Numbers.toInt(value);
    String digits = number.asBigInteger().abs().toString(radix);
    String padded =
        new BoundedText(budget)
            .repeat("0", (long) spec.precision() - digits.length())
            .append(digits)
            .toString();
    String formatted =
        spec.number(number.signum() < 0, spec.alternate() ? prefix : "", padded, budget);
    return spec.type() == 'X' ? formatted.toUpperCase(Locale.ROOT) : formatted;
  }

  private String real(Value value, FormatSpec spec) {
    if (!Numbers.isNumber(value)) {
      throw new TemplateException("must be real number, not " + value.typeName());
    }
    return ValueFormat.real(Numbers.toDouble(value), spec, budget);
  }
}
