package dev.jmr.model.chat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// JSON as plain Java values: maps, lists, strings, finite numbers, booleans and `null`.
public final class PlainJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private PlainJson() {}

  /// The value of a document; empty if it is `null`.
  ///
  /// @throws ChatTemplateException if it is not one, with line and column, or has a number that is too large
  public static Optional<Object> read(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      parser.nextToken();
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw new ChatTemplateException(
            "json: expected one value, got more at "
                + parser.currentLocation().offsetDescription());
      }
      return Optional.ofNullable(value);
    } catch (IOException e) {
      throw new ChatTemplateException("json: " + e.getMessage(), e);
    }
  }

  /// A value as a document.
  ///
  /// @throws ChatTemplateException if it is not a value of JSON
  public static String write(Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      write(value, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(@Nullable Object value, JsonGenerator json) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case String text -> json.writeString(text);
      case Boolean truth -> json.writeBoolean(truth);
      case Number number -> json.writeNumber(finite(number).toString());
      case List<?> elements -> {
        json.writeStartArray();
        for (Object element : elements) {
          write(element, json);
        }
        json.writeEndArray();
      }
      case Map<?, ?> members -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> member : members.entrySet()) {
          json.writeFieldName(String.valueOf(member.getKey()));
          write(member.getValue(), json);
        }
        json.writeEndObject();
      }
      default -> throw new ChatTemplateException("json: expected a JSON value, got " + value);
    }
  }

  /// The members of a document that is an object; empty if it is none.
  static Optional<Map<?, ?>> object(String text) {
    try {
      return read(text).orElse("") instanceof Map<?, ?> map ? Optional.of(map) : Optional.empty();
    } catch (ChatTemplateException _) {
      return Optional.empty();
    }
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> members(parser);
      case START_ARRAY -> elements(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> finite(parser.getNumberValue());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case null, default -> throw new ChatTemplateException("json: expected a value, got " + token);
    };
  }

  private static Number finite(Number number) {
    if (Double.isFinite(number.doubleValue()) || number instanceof BigInteger) {
      return number;
    }
    throw new ChatTemplateException(
        "json: expected numbers between -1.8e308 and 1.8e308, got " + number);
  }

  private static Map<String, @Nullable Object> members(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    return members;
  }

  private static List<@Nullable Object> elements(JsonParser parser) throws IOException {
    List<@Nullable Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(parser));
    }
    return elements;
  }
}
