package dev.jmr.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// The fields of a JSON object of a request. A field that is `null` is as good as none; what has the wrong type or value is
/// refused by its name; what is not asked for is ignored.
///
/// @param path before the names in messages, such as `messages[2].`; empty for the request itself
public record Fields(ObjectNode node, String path) {
  private static final int MAX_SHOWN = 60;

  /// Of the request itself.
  public Fields(ObjectNode node) {
    this(node, "");
  }

  /// The value, if there is one.
  public Optional<JsonNode> value(String name) {
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  public boolean has(String name) {
    return value(name).isPresent();
  }

  /// A string.
  ///
  /// @throws ApiException 400 if it is not a string
  public Optional<String> string(String name) {
    return value(name)
        .map(value -> {
          require(value.isTextual(), name, "a string", value);
          return value.textValue();
        });
  }

  /// A string that must be there.
  ///
  /// @throws ApiException 400 if there is none, or it is not a string, or empty
  public String requiredString(String name) {
    String value = string(name).orElseThrow(() -> missing(name));
    if (value.isBlank()) {
      throw ApiException.invalid(path + name, path + name + ": expected a text, got an empty one");
    }
    return value;
  }

  /// A boolean.
  ///
  /// @throws ApiException 400 if it is not a boolean
  public boolean bool(String name, boolean otherwise) {
    return optionalBool(name).orElse(otherwise);
  }

  /// A boolean.
  ///
  /// @throws ApiException 400 if it is not a boolean
  public Optional<Boolean> optionalBool(String name) {
    return value(name)
        .map(value -> {
          require(value.isBoolean(), name, "true or false", value);
          return value.booleanValue();
        });
  }

  /// A whole number.
  ///
  /// @throws ApiException 400 if it is not a whole number from `min` to `max`
  public OptionalInt integer(String name, int min, int max) {
    Optional<JsonNode> value = value(name);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    JsonNode number = value.get();
    require(
        number.isNumber()
            && number.canConvertToExactIntegral()
            && number.canConvertToInt()
            && number.intValue() >= min
            && number.intValue() <= max,
        name,
        "a whole number from %d to %d".formatted(min, max),
        number);
    return OptionalInt.of(number.intValue());
  }

  /// A number.
  ///
  /// @throws ApiException 400 if it is not a number from `min` to `max`
  public Optional<Double> number(String name, double min, double max) {
    return value(name)
        .map(value -> {
          double number = value.isNumber() ? value.doubleValue() : Double.NaN;
          require(
              number >= min && number <= max,
              name,
              "a number from %s to %s".formatted(plain(min), plain(max)),
              value);
          return number;
        });
  }

  private static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e9
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  /// A list.
  ///
  /// @throws ApiException 400 if it is not a list
  public Optional<List<JsonNode>> list(String name, int maxSize) {
    return value(name)
        .map(value -> {
          require(value.isArray(), name, "a list", value);
          require(
              value.size() <= maxSize,
              name,
              "at most %d elements".formatted(maxSize),
              value.size() + " elements");
          return value.valueStream().toList();
        });
  }

  /// The fields of an object.
  ///
  /// @throws ApiException 400 if it is not an object
  public Optional<Fields> object(String name) {
    return value(name)
        .map(value -> {
          require(value.isObject(), name, "an object", value);
          return new Fields((ObjectNode) value, path + name + ".");
        });
  }

  /// The fields of an element of a list.
  ///
  /// @throws ApiException 400 if it is not an object
  public Fields element(String name, int index, JsonNode value) {
    String indexed = name + "[" + index + "]";
    require(value.isObject(), indexed, "an object", value);
    return new Fields((ObjectNode) value, path + indexed + ".");
  }

  /// Checks a value.
  ///
  /// @throws ApiException 400 if the value is not as expected
  public void require(boolean valid, String name, String expected, JsonNode got) {
    if (!valid) {
      require(false, name, expected, shown(got));
    }
  }

  private void require(boolean valid, String name, String expected, String got) {
    if (!valid) {
      throw ApiException.invalid(
          path + name, "%s%s: expected %s, got %s".formatted(path, name, expected, got));
    }
  }

  /// That a field is missing.
  public ApiException missing(String name) {
    return ApiException.badRequest(
        "%s%s: expected a value, got none".formatted(path, name),
        Optional.of(path + name),
        "missing_required_parameter");
  }

  private static String shown(JsonNode value) {
    if (value.isContainerNode()) {
      return "an " + value.getNodeType().name().toLowerCase(Locale.ROOT);
    }
    String text = value.toString();
    return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
  }
}
