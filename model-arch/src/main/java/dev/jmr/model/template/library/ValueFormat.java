package dev.jmr.model.template.library;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.Bool;
import dev.jmr.model.template.value.Int;
import dev.jmr.model.template.value.Numbers;
import dev.jmr.model.template.value.Real;
import dev.jmr.model.template.value.Repr;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.Undefined;
import dev.jmr.model.template.value.Value;
import java.math.BigInteger;
import java.util.Locale;

/// Python's `format(value, spec)`.
final class ValueFormat {
  private ValueFormat() {}

  static String format(Value value, String text, Budget budget) {
    if (text.isEmpty()) {
      return Repr.str(value, budget);
    }
    FormatSpec spec = FormatSpec.parse(text);
    return switch (value) {
      case Str s -> string(s, spec, budget);
      case Bool b -> integer(b.toInt(), spec, budget);
      case Int i -> integer(i, spec, budget);
      case Real r -> real(r.value(), spec, budget);
      case Undefined u -> throw unsupported(value);
      default -> throw unsupported(value);
    };
  }

  private static TemplateException unsupported(Value value) {
    return new TemplateException(
        "unsupported format string passed to " + value.typeName() + ".__format__");
  }

  private static String string(Str value, FormatSpec spec, Budget budget) {
    if (spec.type() != ' ' && spec.type() != 's') {
      throw spec.unknownType("str");
    }
    if (spec.align() == '=') {
      throw new TemplateException("'=' alignment not allowed in string format specifier");
    }
    boolean cut = spec.precision() >= 0 && spec.precision() < value.length();
    return spec.pad((cut ? value.substring(0, spec.precision()) : value).text(), '<', budget);
  }

  private static String integer(Int value, FormatSpec spec, Budget budget) {
    BigInteger magnitude = value.asBigInteger().abs();
    boolean negative = value.signum() < 0;
    return switch (spec.type()) {
      case ' ', 'd', 'n' -> spec.number(negative, "", magnitude.toString(), budget);
      case 'b' -> spec.number(negative, prefix(spec, "0b"), magnitude.toString(2), budget);
      case 'o' -> spec.number(negative, prefix(spec, "0o"), magnitude.toString(8), budget);
      case 'x' -> spec.number(negative, prefix(spec, "0x"), magnitude.toString(16), budget);
      case 'X' ->
          spec.number(
              negative,
              prefix(spec, "0X"),
              magnitude.toString(16).toUpperCase(Locale.ROOT),
              budget);
      case 'c' -> spec.pad(Character.toString(codePoint(value)), '<', budget);
      case 'e', 'E', 'f', 'F', 'g', 'G', '%' -> real(Numbers.toDouble(value), spec, budget);
      default -> throw spec.unknownType("int");
    };
  }

  private static String prefix(FormatSpec spec, String prefix) {
    return spec.alternate() ? prefix : "";
  }

  static int codePoint(Int value) {
    int code = value.clamped();
    if (code < 0 || code > Character.MAX_CODE_POINT) {
      throw new TemplateException("character number " + value + " is not in range(0x110000)");
    }
    return code;
  }

  static String real(double value, FormatSpec spec, Budget budget) {
    int precision = spec.precision() < 0 ? 6 : spec.precision();
    budget.value(precision);
    String digits =
        switch (spec.type()) {
          case ' ' -> plain(value, spec);
          case 'f', 'F' -> NumberFormat.fixed(value, precision);
          case 'e', 'E' -> NumberFormat.scientific(value, precision);
          case 'g', 'G', 'n' -> NumberFormat.general(value, precision, spec.alternate());
          case '%' -> NumberFormat.fixed(value * 100, precision) + "%";
          default -> throw spec.unknownType("float");
        };
    String cased = Character.isUpperCase(spec.type()) ? digits.toUpperCase(Locale.ROOT) : digits;
    boolean negative = cased.startsWith("-");
    return spec.number(negative, "", negative ? cased.substring(1) : cased, budget);
  }

  private static String plain(double value, FormatSpec spec) {
    if (spec.precision() < 0) {
      return new Real(value).text();
    }
    String text = NumberFormat.general(value, spec.precision(), spec.alternate());
    return text.chars().allMatch(c -> c == '-' || Character.isDigit(c)) ? text + ".0" : text;
  }
}
