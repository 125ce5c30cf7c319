package dev.jmr.model.grammar.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/// Schemas of the supported subset, drawn at random.
public final class RandomSchemas {
  private static final List<String> FORMATS =
      List.of(
          "date",
          "time",
          "date-time",
          "uuid",
          "ipv4",
          "ipv6",
          "hostname",
          "uri",
          "duration",
          "json-pointer");
  private static final List<String> PATTERNS =
      List.of(
          "^[a-z]{1,5}$",
          "a+b",
          "^(yes|no)$",
          "^\\\\d+(\\\\.\\\\d+)?$",
          "^x|y$",
          "[\\\"\\\\\\\\]",
          "^\\\\p{Lu}\\\\w*$");

  private final RandomGenerator random;

  public RandomSchemas(long seed) {
    this(new Random(seed));
  }

  RandomSchemas(RandomGenerator random) {
    this.random = random;
  }

  public String document() {
    String defs = "\"$defs\":{\"d0\":" + schema(2) + ",\"d1\":" + recursive() + "}";
    return switch (random.nextInt(3)) {
      case 0 -> "{\"$ref\":\"#/$defs/d" + random.nextInt(2) + "\"," + defs + "}";
      default -> "{" + members(3) + "," + defs + "}";
    };
  }

  private String recursive() {
    return "{\"type\":\"object\",\"properties\":{\"v\":"
        + schema(1)
        + ",\"next\":{\"$ref\":\"#/$defs/d1\"},\"all\":{\"type\":\"array\",\"maxItems\":2,\"items\":{\"$ref\":\"#/$defs/d1\"}}}}";
  }

  private String schema(int depth) {
    return random.nextInt(12) == 0 ? "true" : "{" + members(depth) + "}";
  }

  private String members(int depth) {
    int kinds = depth > 0 ? 13 : 7;
    return switch (random.nextInt(kinds)) {
      case 0 -> integer();
      case 1 -> number();
      case 2 -> "\"type\":\"string\"," + lengths();
      case 3 -> "\"type\":\"string\",\"format\":\"" + pick(FORMATS) + "\"";
      case 4 -> "\"type\":\"string\",\"pattern\":\"" + pick(PATTERNS) + "\"";
      case 5 -> "\"enum\":[1,\"a\\\"b\",null,[1,{\"x\":true}],-2.5]";
      case 6 -> "\"type\":[\"boolean\",\"null\",\"integer\"]";
      case 7 -> object(depth);
      case 8 -> object(depth) + ",\"additionalProperties\":" + schema(depth - 1);
      case 9 -> array(depth);
      case 10 ->
          "\"prefixItems\":["
              + schema(depth - 1)
              + ","
              + schema(depth - 1)
              + "],\"items\":"
              + (random.nextBoolean() ? "false" : schema(depth - 1));
      case 11 -> "\"anyOf\":[" + schema(depth - 1) + "," + schema(depth - 1) + "]";
      default ->
          "\"oneOf\":[{"
              + integer()
              + "},{\"type\":\"string\","
              + lengths()
              + "},{"
              + object(depth)
              + "},{\"type\":\"null\"}]";
    };
  }

  private String integer() {
    int min = random.nextInt(-2000, 2000);
    return switch (random.nextInt(4)) {
      case 0 -> "\"type\":\"integer\"";
      case 1 ->
          "\"type\":\"integer\",\"minimum\":"
              + min
              + ",\"maximum\":"
              + (min + random.nextInt(1500));
      case 2 ->
          "\"type\":\"integer\",\"exclusiveMinimum\":"
              + min
              + ",\"multipleOf\":"
              + random.nextInt(1, 20);
      default -> "\"type\":\"integer\",\"exclusiveMaximum\":" + min;
    };
  }

  private String number() {
    double min = random.nextInt(-50, 50) / 4.0;
    return switch (random.nextInt(4)) {
      case 0 -> "\"type\":\"number\"";
      case 1 ->
          "\"type\":\"number\",\"minimum\":"
              + min
              + ",\"exclusiveMaximum\":"
              + (min + random.nextInt(1, 30) / 8.0);
      case 2 -> "\"type\":\"number\",\"exclusiveMinimum\":" + min;
      default -> "\"type\":\"number\",\"maximum\":" + min + ",\"multipleOf\":0.25";
    };
  }

  private String lengths() {
    int min = random.nextInt(4);
    return "\"minLength\":" + min + ",\"maxLength\":" + (min + random.nextInt(20));
  }

  private String object(int depth) {
    List<String> properties = new ArrayList<>();
    List<String> required = new ArrayList<>();
    for (int i = 0, count = random.nextInt(5); i < count; i++) {
      String name = pick(List.of("a", "ab", "na\\\"me", "é", "\\n", "")) + i;
      properties.add("\"" + name + "\":" + schema(depth - 1));
      if (random.nextBoolean()) {
        required.add("\"" + name + "\"");
      }
    }
    return "\"type\":\"object\",\"properties\":{"
        + String.join(",", properties)
        + "},\"required\":["
        + String.join(",", required)
        + "]";
  }

  private String array(int depth) {
    int min = random.nextInt(3);
    String bounds =
        random.nextBoolean()
            ? ""
            : ",\"minItems\":" + min + ",\"maxItems\":" + (min + random.nextInt(4));
    return "\"type\":\"array\",\"items\":" + schema(depth - 1) + bounds;
  }

  private String pick(List<String> options) {
    return options.get(random.nextInt(options.size()));
  }
}
