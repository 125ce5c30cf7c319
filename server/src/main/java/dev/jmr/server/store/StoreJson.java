package dev.jmr.server.store;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;

/// Reads and writes the JSON files of a store; written as Go does with an indent of two blanks.
final class StoreJson {
  private static final int MAX_DEPTH = 64;
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
              .build());
  private static final ObjectWriter WRITER = MAPPER.writer(printer());

  private StoreJson() {}

  private static DefaultPrettyPrinter printer() {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
    printer.indentObjectsWith(indenter);
    printer.indentArraysWith(indenter);
    return printer;
  }

  /// The object that a file holds.
  ///
  /// @throws StoreException if it holds anything else
  static ObjectNode read(Path path, int maxBytes) throws IOException {
    byte[] bytes = StoreFiles.read(path, maxBytes);
    try {
      if (MAPPER.readTree(bytes) instanceof ObjectNode object) {
        return object;
      }
      throw new StoreException("%s: expected a JSON object".formatted(path));
    } catch (JacksonException e) {
      throw new StoreException(
          "%s: expected JSON, got %s".formatted(path, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new StoreException("%s: expected JSON in UTF-8".formatted(path), e);
    }
  }

  static byte[] write(JsonNode node) {
    try {
      return WRITER.writeValueAsBytes(node);
    } catch (JacksonException e) {
      throw new IllegalStateException("a tree of nodes is always written", e);
    }
  }
}
