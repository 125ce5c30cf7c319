package dev.jmr.model.template.library;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.BoundedText;
import dev.jmr.model.template.value.Str;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A format of Python's mini language: `[[fill]align][sign][z][#][0][width][,][.precision][type]`.
///
/// @param align `<`, `>`, `^`, `=`, or a space if not given
/// @param sign `+`, `-` or a space
/// @param grouping `,`, `_`, or a space for none
/// @param precision -1 if not given
/// @param type a space if not given
record FormatSpec(
    String fill,
    char align,
    char sign,
    boolean alternate,
    int width,
    char grouping,
    int precision,
    char type) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?([0-9]{1,9})?([,_])?(?:\\.([0-9]{1,9}))?([a-zA-Z%])?",
          Pattern.DOTALL);

  /// @throws TemplateException if it is no such format
  static FormatSpec parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new TemplateException("Invalid format specifier '" + text + "'");
    }
    boolean zero = matcher.group(6) != null;
    String fill = matcher.group(1);
    return new FormatSpec(
        fill != null ? fill : zero ? "0" : " ",
        character(matcher.group(2), zero ? '=' : ' '),
        character(matcher.group(3), '-'),
        matcher.group(5) != null,
        number(matcher.group(7), 0),
        character(matcher.group(8), ' '),
        number(matcher.group(9), -1),
        character(matcher.group(10), ' '));
  }

  private static char character(@Nullable String group, char absent) {
    return group == null ? absent : group.charAt(0);
  }

  private static int number(@Nullable String group, int absent) {
    return group == null ? absent : Integer.parseInt(group);
  }

  /// The text of a number, grouped, with its sign, filled up to the width.
  ///
  /// @param digits without sign
  String number(boolean negative, String prefix, String digits, Budget budget) {
    String signed = negative ? "-" : sign == '-' ? "" : Character.toString(sign);
    String grouped = grouping == ' ' ? digits : grouped(digits, signed.length() + prefix.length());
    if (align == '=') {
      long missing = (long) width - signed.length() - prefix.length() - grouped.length();
      String filled = new BoundedText(budget).repeat(fill, missing).toString();
      return signed + prefix + filled + grouped;
    }
    return pad(signed + prefix + grouped, '>', budget);
  }

  private String grouped(String digits, int before) {
    int end = 0;
    while (end < digits.length()
        && Character.digit(digits.charAt(end), 16) >= 0
        && isInteger(digits, end)) {
      end++;
    }
    int size = type == 'x' || type == 'X' || type == 'b' || type == 'o' ? 4 : 3;
    StringBuilder whole = new StringBuilder(digits.substring(0, end));
    while (align == '='
        && fill.equals("0")
        && filledWidth(whole.length(), size) + digits.length() - end + before < width
        && whole.length() < 1000) {
      whole.insert(0, '0');
    }
    for (int i = whole.length() - size; i > 0; i -= size) {
      whole.insert(i, grouping);
    }
    return whole + digits.substring(end);
  }

  private static int filledWidth(int digits, int size) {
    return digits + (digits - 1) / size;
  }

  private boolean isInteger(String digits, int at) {
    return type == 'x' || type == 'X' || Character.isDigit(digits.charAt(at));
  }

  /// The text filled up to the width.
  String pad(String text, char byDefault, Budget budget) {
    char alignment = align == ' ' || (align == '=' && byDefault == '<') ? byDefault : align;
    return StringMethods.pad(Str.of(text), width, fill, alignment, budget).text();
  }

  TemplateException unknownType(String typeName) {
    return new TemplateException(
        String.format(
            Locale.ROOT, "Unknown format code '%c' for object of type '%s'", type, typeName));
  }
}
