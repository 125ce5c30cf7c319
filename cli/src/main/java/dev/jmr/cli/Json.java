package dev.jmr.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Writes one JSON document to the output of a command.
final class Json {
  /// What goes into the document.
  interface Content {
    void writeTo(JsonGenerator json) throws IOException;
  }

  private Json() {}

  /// Writes the document, indented, with a line end behind it.
  static void print(Streams streams, Content content) {
    try (JsonGenerator json =
        new JsonFactory()
            .createGenerator(streams.outWriter())
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      content.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    streams.outWriter().println();
  }
}
