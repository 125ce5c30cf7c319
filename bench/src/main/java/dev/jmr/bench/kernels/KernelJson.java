package dev.jmr.bench.kernels;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A run as a JSON document, for `--baseline`, for other programs, and from one JVM to the other.
final class KernelJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private KernelJson() {}

  /// Writes the document, indented; the writer stays open.
  static void write(KernelRun run, Writer target) {
    try (JsonGenerator json =
        FACTORY.createGenerator(target).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeStringField("java", run.java());
      json.writeArrayFieldStart("peaks");
      for (MachinePeak peak : run.peaks()) {
        write(peak, json);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("kernels");
      for (KernelResult result : run.results()) {
        write(result, json);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(MachinePeak peak, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("width", peak.width());
    json.writeNumberField("threads", peak.threads());
    json.writeNumberField("memoryBytesPerSecond", peak.memoryBytesPerSecond());
    json.writeNumberField("cacheBytesPerSecond", peak.cacheBytesPerSecond());
    json.writeNumberField("flopsPerSecond", peak.flopsPerSecond());
    json.writeEndObject();
  }

  private static void write(KernelResult result, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("kernel", result.kernel());
    json.writeStringField("type", result.type());
    json.writeStringField("shape", result.shape());
    json.writeStringField("place", result.place());
    json.writeNumberField("tokens", result.tokens());
    json.writeNumberField("depth", result.depth());
    json.writeNumberField("threads", result.threads());
    json.writeNumberField("width", result.width());
    json.writeNumberField("nanosPerCall", result.nanosPerCall());
    json.writeNumberField("bytesPerCall", result.bytesPerCall());
    json.writeNumberField("flopsPerCall", result.flopsPerCall());
    json.writeEndObject();
  }

  /// Reads a document that [#write] wrote. Fields that are not known are skipped.
  ///
  /// @param name of the source, for messages
  /// @throws KernelBenchException if it is something else
  static KernelRun read(InputStream source, String name) {
    try (JsonParser json = FACTORY.createParser(source)) {
      require(json.nextToken() == JsonToken.START_OBJECT, "an object", json);
      String java = "";
      List<MachinePeak> peaks = new ArrayList<>();
      List<KernelResult> results = new ArrayList<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case "java" -> java = json.getText();
          case "peaks" -> records(json).forEach(fields -> peaks.add(fields.peak()));
          case "kernels" -> records(json).forEach(fields -> results.add(fields.result()));
          default -> json.skipChildren();
        }
      }
      return new KernelRun(java, peaks, results);
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
      throw new KernelBenchException(
          "%s: expected what 'bench kernels -o json' prints, got something else%s: %s"
              .formatted(name, where, e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(name + ": cannot be read", e);
    }
  }

  private static List<Fields> records(JsonParser json) throws IOException {
    require(json.currentToken() == JsonToken.START_ARRAY, "an array", json);
    List<Fields> records = new ArrayList<>();
    while (json.nextToken() == JsonToken.START_OBJECT) {
      Map<String, String> values = new HashMap<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        if (json.nextToken().isScalarValue()) {
          values.put(field, json.getText());
        } else {
          json.skipChildren();
        }
      }
      records.add(new Fields(values));
    }
    require(json.currentToken() == JsonToken.END_ARRAY, "objects only", json);
    return records;
  }

  private static void require(boolean condition, String expected, JsonParser json)
      throws JsonParseException {
    if (!condition) {
      throw new JsonParseException(json, "expected " + expected);
    }
  }

  /// The scalar fields of one object.
  private record Fields(Map<String, String> values) {
    String text(String field) {
      String value = values.get(field);
      if (value == null) {
        throw new KernelBenchException(
            "kernel results: expected a field '%s', got only %s; was the file written by another version?"
                .formatted(field, values.keySet()));
      }
      return value;
    }

    double number(String field) {
      try {
        return Double.parseDouble(text(field));
      } catch (NumberFormatException e) {
        throw new KernelBenchException(
            "kernel results: expected a number for '%s', got '%s'".formatted(field, text(field)),
            e);
      }
    }

    MachinePeak peak() {
      return new MachinePeak(
          (int) number("width"),
          (int) number("threads"),
          number("memoryBytesPerSecond"),
          number("cacheBytesPerSecond"),
          number("flopsPerSecond"));
    }

    KernelResult result() {
      return new KernelResult(
          text("kernel"),
          text("type"),
          text("shape"),
          text("place"),
          (int) number("tokens"),
          (int) number("depth"),
          (int) number("threads"),
          (int) number("width"),
          number("nanosPerCall"),
          (long) number("bytesPerCall"),
          (long) number("flopsPerCall"));
    }
  }
}
