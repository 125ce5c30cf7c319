package dev.jmr.model.template.library;

import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.BoundedText;
import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.WeekFields;
import java.util.Locale;

/// `strftime` of the C library, in English and without a time zone, as Python's `datetime.now()` has none.
final class Strftime {
  private static final String FLAGS = "-_0^#";

  private final LocalDateTime time;
  private final BoundedText out;

  private Strftime(LocalDateTime time, BoundedText out) {
    this.time = time;
    this.out = out;
  }

  static BoundedText format(String format, LocalDateTime time, Budget budget) {
    BoundedText out = new BoundedText(budget);
    new Strftime(time, out).format(format);
    return out;
  }

  private void format(String format) {
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      int flag = i + 1 < format.length() ? FLAGS.indexOf(format.charAt(i + 1)) : -1;
      int code = flag < 0 ? i + 1 : i + 2;
      if (c == '%' && code < format.length()) {
        String directive = format.substring(i, code + 1);
        field(format.charAt(code), flag < 0 ? ' ' : FLAGS.charAt(flag), directive);
        i = code;
      } else {
        out.append(c);
      }
    }
  }

  private void field(char code, char flag, String directive) {
    switch (code) {
      case 'a' -> name(time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH), flag);
      case 'A' -> name(time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH), flag);
      case 'b', 'h' -> name(time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH), flag);
      case 'B' -> name(time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH), flag);
      case 'p' ->
          name(flag == '#' ? half().toLowerCase(Locale.ROOT) : half(), flag == '#' ? ' ' : flag);
      case 'P' -> name(half().toLowerCase(Locale.ROOT), flag);
      case 'c' -> format("%a %b %e %H:%M:%S %Y");
      case 'x', 'D' -> format("%m/%d/%y");
      case 'X', 'T' -> format("%H:%M:%S");
      case 'r' -> format("%I:%M:%S %p");
      case 'R' -> format("%H:%M");
      case 'F' -> format("%Y-%m-%d");
      case 'n' -> out.append('\n');
      case 't' -> out.append('\t');
      case '%' -> out.append('%');
      case 'z', 'Z' -> {}
      default -> number(code, flag, directive);
    }
  }

  private void number(char code, char flag, String directive) {
    switch (code) {
      case 'd' -> number(time.getDayOfMonth(), 2, '0', flag);
      case 'e' -> number(time.getDayOfMonth(), 2, ' ', flag);
      case 'H' -> number(time.getHour(), 2, '0', flag);
      case 'k' -> number(time.getHour(), 2, ' ', flag);
      case 'I' -> number(time.get(ChronoField.CLOCK_HOUR_OF_AMPM), 2, '0', flag);
      case 'l' -> number(time.get(ChronoField.CLOCK_HOUR_OF_AMPM), 2, ' ', flag);
      case 'j' -> number(time.getDayOfYear(), 3, '0', flag);
      case 'm' -> number(time.getMonthValue(), 2, '0', flag);
      case 'M' -> number(time.getMinute(), 2, '0', flag);
      case 'S' -> number(time.getSecond(), 2, '0', flag);
      case 'f' -> number(time.getNano() / 1000, 6, '0', ' ');
      case 's' -> number(time.toEpochSecond(java.time.ZoneOffset.UTC), 1, '0', flag);
      case 'u' -> number(time.getDayOfWeek().getValue(), 1, '0', flag);
      case 'w' -> number(time.getDayOfWeek().getValue() % 7, 1, '0', flag);
      case 'U' -> number((time.getDayOfYear() + 6 - sundayBased()) / 7, 2, '0', flag);
      case 'W' -> number((time.getDayOfYear() + 6 - mondayBased()) / 7, 2, '0', flag);
      case 'V' -> number(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2, '0', flag);
      case 'G' -> number(weekYear(), 1, '0', flag);
      case 'g' -> number(weekYear() % 100, 2, '0', flag);
      case 'y' -> number(time.getYear() % 100, 2, '0', flag);
      case 'Y' -> number(time.getYear(), 1, '0', flag);
      case 'C' -> number(time.getYear() / 100, 2, '0', flag);
      default -> out.append(directive);
    }
  }

  private String half() {
    return time.getHour() < 12 ? "AM" : "PM";
  }

  private int sundayBased() {
    return time.getDayOfWeek().getValue() % 7;
  }

  private int mondayBased() {
    return time.getDayOfWeek().getValue() - 1;
  }

  private int weekYear() {
    return time.get(WeekFields.ISO.weekBasedYear());
  }

  private void name(String name, char flag) {
    out.append(flag == '^' || flag == '#' ? name.toUpperCase(Locale.ROOT) : name);
  }

  private void number(long number, int width, char pad, char flag) {
    String digits = Long.toString(number);
    char padding = flag == '_' ? ' ' : flag == '0' ? '0' : pad;
    if (flag != '-') {
      out.repeat(Character.toString(padding), width - digits.length());
    }
    out.append(digits);
  }
}
