package dev.jmr.server.record;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Map;
import java.util.Set;

/// JSON as text of which no more is kept than people look at: of images and sounds only the beginning, and of everything
/// together so much.
final class ShortJson {
  /// Characters of a text at most.
  static final int MAX_LENGTH = 1 << 16;

  private static final int MAX_MEDIA = 100;
  private static final Set<String> MEDIA = Set.of("data", "b64_json");
  private static final ObjectMapper JSON = new ObjectMapper();

  private ShortJson() {}

  /// In one line.
  static String text(JsonNode node) {
    Bounded text = new Bounded();
    try (JsonGenerator generator = JSON.getFactory().createGenerator(text)) {
      write(node, "", generator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonNode node, String name, JsonGenerator to) throws IOException {
    if (node.isObject()) {
      to.writeStartObject();
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        to.writeFieldName(entry.getKey());
        write(entry.getValue(), entry.getKey(), to);
      }
      to.writeEndObject();
    } else if (node.isArray()) {
      to.writeStartArray();
      for (JsonNode element : node) {
        write(element, name, to);
      }
      to.writeEndArray();
    } else if (node.isTextual()) {
      to.writeString(shortened(name, node.textValue()));
    } else {
      to.writeTree(node);
    }
  }

  /// The beginning of an image or a sound in base64; other texts as they are.
  private static String shortened(String name, String text) {
    int comma = text.startsWith("data:") ? text.indexOf(',') : -1;
    boolean media = MEDIA.contains(name) || (comma >= 0 && comma < MAX_MEDIA);
    int keep = comma + 1 + MAX_MEDIA;
    return media && text.length() > keep ? cut(text, keep) : text;
  }

  private static String cut(String text, int keep) {
    return text.substring(0, keep) + "...[truncated %d chars]".formatted(text.length() - keep);
  }

  /// Counts what does not fit.
  private static final class Bounded extends Writer {
    private final StringBuilder text = new StringBuilder();
    private long dropped;

    @Override
    public void write(char[] characters, int from, int length) {
      int fits = Math.min(length, MAX_LENGTH - text.length());
      text.append(characters, from, fits);
      dropped += length - fits;
    }

    @Override
    public void flush() {
      // There is nothing behind it.
    }

    @Override
    public void close() {
      // There is nothing behind it.
    }

    @Override
    public String toString() {
      return dropped == 0 ? text.toString() : text + "...[truncated %d chars]".formatted(dropped);
    }
  }
}
