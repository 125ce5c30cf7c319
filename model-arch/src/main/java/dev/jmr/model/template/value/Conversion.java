package dev.jmr.model.template.value;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.Budget;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The border to Java: plain data becomes values, anything else is refused.
public final class Conversion {
  private Conversion() {}

  /// `null`, booleans, numbers, strings, maps with string keys, and collections of such.
  ///
  /// @throws TemplateException for any other type
  public static Value of(@Nullable Object data, Budget budget) {
    return of(data, budget, 0);
  }

  private static Value of(@Nullable Object data, Budget budget, int depth) {
    budget.depth(depth);
    return switch (data) {
      case null -> None.NONE;
      case Value value -> value;
      case String text -> Str.of(text);
      case Boolean truth -> Bool.of(truth);
      case Integer number -> Int.of(number);
      case Long number -> Int.of(number);
      case Short number -> Int.of(number);
      case Byte number -> Int.of(number);
      case BigInteger number -> {
        budget.integer(number.bitLength());
        yield Int.of(number);
      }
      case Double number -> new Real(number);
      case Float number -> new Real(number);
      case BigDecimal number -> new Real(number.doubleValue());
      case Map<?, ?> map -> dict(map, budget, depth);
      case Collection<?> collection -> {
        ListValue list = ListValue.of();
        collection.forEach(element -> list.elements().add(of(element, budget, depth + 1)));
        yield list;
      }
      default ->
          throw new TemplateException(
              "template variable: expected null, a boolean, number, string, list or map, got "
                  + data.getClass().getName());
    };
  }

  private static DictValue dict(Map<?, ?> map, Budget budget, int depth) {
    DictValue dict = new DictValue();
    map.forEach((key, value) -> {
      if (!(key instanceof String name)) {
        throw new TemplateException("template variable: expected a string as key, got " + key);
      }
      dict.put(name, of(value, budget, depth + 1));
    });
    return dict;
  }
}
