package dev.jmr.cli;

import dev.jmr.gguf.GgufValue;
import dev.jmr.gguf.NumberArray;
import dev.jmr.gguf.StringArray;
import dev.jmr.gguf.ValueType;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Metadata values as a line for people: long texts and arrays are cut, with their length.
final class ValueText {
  private static final int MAX_CHARS = 120;
  private static final int MAX_ELEMENTS = 6;
  private static final int MAX_ELEMENT_CHARS = 24;

  private ValueText() {}

  static String of(GgufValue value) {
    return switch (value) {
      case GgufValue.Int number -> number.toString();
      case GgufValue.Real number -> number.toString();
      case GgufValue.Bool bool -> bool.toString();
      case GgufValue.Text text -> Quoted.of(text.value(), MAX_CHARS);
      case NumberArray numbers -> array(numbers.size(), i -> element(numbers, i));
      case StringArray strings ->
          array(strings.size(), i -> Quoted.of(strings.get(i), MAX_ELEMENT_CHARS));
      case GgufValue.Nested nested ->
          array(nested.arrays().size(), i -> of(nested.arrays().get(i)));
    };
  }

  /// Element `index` of an array, as a number or `true` or `false`.
  static String element(NumberArray numbers, int index) {
    ValueType type = numbers.elementType();
    if (type == ValueType.BOOL) {
      return Boolean.toString(numbers.bool(index));
    }
    return type.integral()
        ? new GgufValue.Int(type, numbers.integer(index)).toString()
        : new GgufValue.Real(type, numbers.number(index)).toString();
  }

  private static String array(int size, IntFunction<String> element) {
    String shown =
        IntStream.range(0, Math.min(size, MAX_ELEMENTS))
            .mapToObj(element)
            .collect(Collectors.joining(", "));
    return size > MAX_ELEMENTS ? "[" + shown + ", …] (" + size + ")" : "[" + shown + "]";
  }
}
