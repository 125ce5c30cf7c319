package dev.jmr.runtime.tuning;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The tuning file's JSON: `{"jmr-tuning": 1, "entries": [{…}]}`. Fields that are not known are passed over.
final class TuningJson {
  private static final String FORMAT = "jmr-tuning";
  private static final int VERSION = 1;
  private static final int MAX_ENTRIES = 1000;
  private static final int MAX_SETTINGS = 100;

  private TuningJson() {}

  /// @throws IOException telling what is wrong, if it is not such a file
  static List<TuningEntry> parse(byte... json) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      List<TuningEntry> entries = new ArrayList<>();
      int version = 0;
      require(parser.nextToken() == JsonToken.START_OBJECT, "expected an object");
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        switch (field) {
          case FORMAT -> version = integer(parser);
          case "entries" -> readEntries(parser, entries);
          default -> parser.skipChildren();
        }
      }
      require(version == VERSION, "expected \"%s\": %d".formatted(FORMAT, VERSION));
      require(parser.nextToken() == null, "expected nothing behind the object");
      return entries;
    }
  }

  private static void readEntries(JsonParser parser, List<TuningEntry> entries) throws IOException {
    require(parser.currentToken() == JsonToken.START_ARRAY, "entries: expected an array");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      require(entries.size() < MAX_ENTRIES, "entries: expected at most " + MAX_ENTRIES);
      entries.add(entry(parser));
    }
  }

  private static TuningEntry entry(JsonParser parser) throws IOException {
    require(parser.currentToken() == JsonToken.START_OBJECT, "entries: expected objects");
    Map<String, String> texts = new LinkedHashMap<>();
    Map<String, Integer> settings = new LinkedHashMap<>();
    int cores = 0;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("settings")) {
        readSettings(parser, settings);
      } else if (field.equals("cores")) {
        cores = integer(parser);
      } else if (value == JsonToken.VALUE_STRING) {
        texts.put(field, parser.getText());
      } else {
        parser.skipChildren();
      }
    }
    Machine machine = new Machine(text(texts, "cpu"), cores);
    TuningKey key =
        new TuningKey(
            machine,
            text(texts, "backend"),
            text(texts, "device"),
            text(texts, "weights"),
            text(texts, "size"));
    return new TuningEntry(key, text(texts, "jmr"), text(texts, "date"), new Tuning(settings));
  }

  private static void readSettings(JsonParser parser, Map<String, Integer> settings)
      throws IOException {
    require(parser.currentToken() == JsonToken.START_OBJECT, "settings: expected an object");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      settings.put(name, integer(parser));
      require(settings.size() <= MAX_SETTINGS, "settings: expected at most " + MAX_SETTINGS);
    }
  }

  private static int integer(JsonParser parser) throws IOException {
    require(
        parser.currentToken() == JsonToken.VALUE_NUMBER_INT,
        parser.currentName() + ": expected a whole number");
    return parser.getIntValue();
  }

  private static String text(Map<String, String> texts, String field) throws IOException {
    String text = texts.getOrDefault(field, "");
    require(!text.isEmpty(), "entries: expected \"%s\" in each".formatted(field));
    return text;
  }

  private static void require(boolean condition, String message) throws IOException {
    if (!condition) {
      throw new IOException(message);
    }
  }

  static void write(JsonGenerator json, List<TuningEntry> entries) throws IOException {
    json.setPrettyPrinter(new DefaultPrettyPrinter());
    json.writeStartObject();
    json.writeNumberField(FORMAT, VERSION);
    json.writeArrayFieldStart("entries");
    for (TuningEntry entry : entries) {
      json.writeStartObject();
      json.writeStringField("cpu", entry.key().machine().cpu());
      json.writeNumberField("cores", entry.key().machine().cores());
      json.writeStringField("backend", entry.key().backend());
      json.writeStringField("device", entry.key().device());
      json.writeStringField("weights", entry.key().weights());
      json.writeStringField("size", entry.key().size());
      json.writeStringField("jmr", entry.version());
      json.writeStringField("date", entry.date());
      json.writeObjectFieldStart("settings");
      for (var setting : new TreeMap<>(entry.tuning().values()).entrySet()) {
        json.writeNumberField(setting.getKey(), setting.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
