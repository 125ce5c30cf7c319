package dev.jmr.model.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.jmr.model.fuzz.FuzzInput;
import dev.jmr.model.fuzz.FuzzTarget;
import java.io.IOException;
import java.util.List;

/// Whatever the text, it is read or refused; what is read is written as it was meant, and Jackson reads it, too.
@SuppressWarnings("exports") // tests are not exported
public final class JsonReaderFuzz implements FuzzTarget {
  private static final JsonLimits FEW = new JsonLimits(1 << 14, 4, 20, 8);
  private static final JsonFactory JACKSON =
      JsonFactory.builder()
          .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  @Override
  public String name() {
    return "json";
  }

  @Override
  public void run(byte[] input) {
    String text = new FuzzInput(input).text();
    readFew(text);
    JsonValue value;
    try {
      value = JsonReader.read(text);
    } catch (JsonException e) {
      if (e.offset() < 0 || e.offset() > text.length()) {
        throw new AssertionError("offset " + e.offset() + " of " + text.length(), e);
      }
      if (readByJackson(text) && !text.contains("\\u") && !hasHalves(text)) {
        throw new AssertionError("Jackson reads what we refuse", e);
      }
      return;
    }
    if (!readByJackson(text)) {
      throw new AssertionError("Jackson refuses what we read");
    }
    String written = JsonWriter.write(value);
    if (!JsonReader.read(written).equals(value) || isLonger(written, text)) {
      throw new AssertionError("written as " + written);
    }
    for (int cut = 0; cut < Math.min(written.length(), 64); cut++) {
      readPrefix(written, cut);
    }
  }

  /// What is written is as short as can be, but for U+007F, which is escaped.
  private static boolean isLonger(String written, String text) {
    return written.length() > text.length() && text.indexOf(0x7F) < 0;
  }

  private static void readPrefix(String text, int from) {
    try {
      JsonReader.Prefix prefix = JsonReader.readPrefix(text, from, JsonLimits.STANDARD);
      JsonReader.read(text.substring(from, prefix.end()));
    } catch (JsonException e) {
      if (e.offset() < from) {
        throw new AssertionError("offset " + e.offset() + " before " + from, e);
      }
    }
  }

  private static void readFew(String text) {
    try {
      Size size = Size.of(JsonReader.read(text, FEW));
      if (size.depth > FEW.depth() || size.values > FEW.values()) {
        throw new AssertionError("read with " + size);
      }
    } catch (JsonException e) {
      if (e.getMessage() == null) {
        throw new AssertionError("no message", e);
      }
    }
  }

  private record Size(int depth, int values) {
    static Size of(JsonValue value) {
      List<JsonValue> inner =
          switch (value) {
            case JsonValue.JsonObject object -> List.copyOf(object.members().values());
            case JsonValue.JsonArray array -> array.elements();
            default -> List.of();
          };
      boolean nests = value instanceof JsonValue.JsonObject || value instanceof JsonValue.JsonArray;
      int depth = 0;
      int values = 1;
      for (JsonValue each : inner) {
        Size size = of(each);
        depth = Math.max(depth, size.depth);
        values += size.values;
      }
      return new Size(depth + (nests ? 1 : 0), values);
    }
  }

  private static boolean hasHalves(String text) {
    return text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private static boolean readByJackson(String text) {
    try (JsonParser parser = JACKSON.createParser(text)) {
      int depth = 0;
      int values = 0;
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        values += depth == 0 ? 1 : 0;
        if (depth > JsonLimits.STANDARD.depth()
            || (token.isNumeric()
                && parser.getTextLength() > JsonLimits.STANDARD.numberCharacters())) {
          return false;
        }
        parser.getText();
      }
      return values == 1;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public List<byte[]> seeds() {
    return FuzzTarget.bytes(
        List.of(
            "{\"a\": [1, -2.5e+3, true, false, null, \"x\\n\\u00e9\\ud83d\\ude00\"], \"b\": {}}",
            "[[[[]]], \"é😀\", 0.0, -0, 1E9]",
            " \"\\\"\\\\\\/\\b\\f\\n\\r\\t\" ",
            "{\"a\":{\"a\":{\"a\":{\"a\":[]}}},\"\":0}"));
  }

  @Override
  public List<String> words() {
    return List.of(
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "\\",
        "\\u",
        "\\ud83d",
        "\\ude00",
        "true",
        "false",
        "null",
        "-",
        "0",
        "1e",
        "E+",
        ".",
        "\"a\"",
        "\"a\":",
        "[[[[[[[[[[[[[[[[",
        "99999999999999999999",
        "\n",
        "\t",
        "\uE000",
        "\uE001",
        "\u0000",
        "//",
        "NaN");
  }
}
