package dev.jmr.bench.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Numbers as llama-bench takes them: `512`, `1,2,4`, `128-512+128`, `16-256*2`.
///
/// @param values in the order in which they were written
public record NumberList(List<Integer> values) {
  private static final int MAX = 1 << 24;
  private static final int MAX_COUNT = 1000;
  private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9})([+*]\\d{1,9})?)?");

  /// What picocli reads an option with.
  public static final class Converter implements ITypeConverter<NumberList> {
    @Override
    public NumberList convert(String text) {
      return parse(text);
    }
  }

  /// @throws TypeConversionException telling what is expected
  static NumberList parse(String text) {
    List<Integer> values = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher range = RANGE.matcher(part);
      if (!range.matches()) {
        throw expected(text);
      }
      long first = Long.parseLong(range.group(1));
      long last = range.group(2) == null ? first : Long.parseLong(range.group(2));
      String step = range.group(3) == null ? "+1" : range.group(3);
      addRange(first, last, step, values, text);
    }
    return new NumberList(List.copyOf(values));
  }

  /// All numbers of an option that may be repeated, or the default if it was not given.
  static List<Integer> joined(List<NumberList> lists, int... otherwise) {
    return lists.isEmpty()
        ? Arrays.stream(otherwise).boxed().toList()
        : lists.stream().flatMap(list -> list.values.stream()).toList();
  }

  private static void addRange(
      long first, long last, String step, List<Integer> values, String text) {
    long by = Long.parseLong(step.substring(1));
    for (long value = first; value <= last; ) {
      if (value > MAX || values.size() == MAX_COUNT) {
        throw expected(text);
      }
      values.add((int) value);
      long next = step.charAt(0) == '+' ? value + by : value * by;
      if (next <= value && value < last) {
        throw expected(text);
      }
      if (next <= value) {
        return;
      }
      value = next;
    }
  }

  private static TypeConversionException expected(String text) {
    return new TypeConversionException(
        "expected numbers up to %d such as 512, 1,2,4, 128-512+128 or 16-256*2, got '%s'"
            .formatted(MAX, text));
  }
}
