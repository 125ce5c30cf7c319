package dev.jmr.bench.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.jmr.tensor.backend.OpProfile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// An object per result with llama-bench's fields: all in one array, or one per line.
final class JsonResults implements ResultWriter {
  private final PrintWriter out;
  private final boolean lines;
  private final JsonGenerator json;

  /// @param lines whether each object has a line of its own and there is no array
  JsonResults(PrintWriter out, boolean lines) {
    this.out = out;
    this.lines = lines;
    try {
      json = new JsonFactory().createGenerator(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    if (lines) {
      json.setRootValueSeparator(null);
    } else {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
    }
  }

  @Override
  public void begin() {
    if (!lines) {
      write(json::writeStartArray);
    }
  }

  @Override
  public void result(Result result) {
    write(() -> writeObject(result));
    if (lines) {
      out.println();
    }
    out.flush();
  }

  private void writeObject(Result result) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, Object> field : ResultFields.of(result).entrySet()) {
      write(field.getKey(), field.getValue());
    }
    json.writeFieldName("samples_ns");
    long[] nanos = result.samples().nanos();
    json.writeArray(nanos, 0, nanos.length);
    json.writeArrayFieldStart("samples_ts");
    for (double rate : result.samples().rates()) {
      json.writeNumber(decimal(rate));
    }
    json.writeEndArray();
    if (!result.phases().isEmpty()) {
      writeProfile(result.phases());
    }
    json.writeEndObject();
  }

  private void writeProfile(List<Phase> phases) throws IOException {
    json.writeArrayFieldStart("profile");
    for (Phase phase : phases) {
      json.writeStartObject();
      json.writeStringField("phase", phase.name());
      json.writeNumberField("tokens", phase.tokens());
      json.writeNumberField("ns", phase.nanos());
      json.writeArrayFieldStart("ops");
      for (OpProfile.Entry entry : phase.ops().entries()) {
        json.writeStartObject();
        json.writeStringField("kind", entry.kind());
        json.writeStringField("name", entry.name());
        json.writeStringField("weights", entry.weights());
        json.writeNumberField("calls", entry.calls());
        json.writeNumberField("ns", entry.nanos());
        json.writeNumberField("weight_bytes", entry.weightBytes());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void write(String name, Object value) throws IOException {
    json.writeFieldName(name);
    switch (value) {
      case Boolean bool -> json.writeBoolean(bool);
      case Double number -> json.writeNumber(decimal(number));
      case Number number -> json.writeNumber(number.longValue());
      default -> json.writeString(value.toString());
    }
  }

  /// Without an exponent, which not every reader of llama-bench's output knows.
  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }

  @Override
  public void end() {
    if (!lines) {
      write(json::writeEndArray);
      out.println();
    }
    out.flush();
  }

  private interface Content {
    void write() throws IOException;
  }

  private void write(Content content) {
    try {
      content.write();
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
