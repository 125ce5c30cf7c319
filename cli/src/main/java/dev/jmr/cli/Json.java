package dev.jmr.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Writes one JSON document to the output of a command.
final class Json {
  private static final DefaultIndenter INDENTER = new DefaultIndenter("    ", "\n");

  /// What goes into the document.
  interface Content {
    void writeTo(JsonGenerator json) throws IOException;
  }

  private static final ObjectWriter VALUES =
      new ObjectMapper()
          .writer(
              new DefaultPrettyPrinter(
                      Separators.createDefaultInstance().withObjectFieldValueSpacing(Spacing.AFTER))
                  .withObjectIndenter(INDENTER)
                  .withArrayIndenter(INDENTER));

  private Json() {}

  /// Writes maps, lists, texts and numbers as Docker's commands do: indented by four, with a line end behind.
  static void print(Streams streams, Object value) {
    try {
      streams.outWriter().println(VALUES.writeValueAsString(value));
    } catch (JacksonException e) {
      throw new IllegalStateException("such values are always written", e);
    }
  }

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
