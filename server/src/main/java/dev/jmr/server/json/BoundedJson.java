package dev.jmr.server.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/// Reads and writes JSON as trees; what it reads is bounded in bytes and depth.
public final class BoundedJson {
  private static final int MAX_DEPTH = 32;

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
              .build());

  private BoundedJson() {}

  /// The tree that these bytes are.
  ///
  /// @throws MalformedJsonException if there are more than `maxBytes`, or they are not JSON
  public static JsonNode read(byte[] bytes, int maxBytes) throws MalformedJsonException {
    if (bytes.length > maxBytes) {
      throw new MalformedJsonException(
          "expected at most %d bytes, got %d".formatted(maxBytes, bytes.length));
    }
    try {
      JsonNode root = MAPPER.readTree(bytes);
      if (root == null || root.isMissingNode()) {
        throw new MalformedJsonException("expected JSON, got nothing");
      }
      return root;
    } catch (JacksonException e) {
      throw new MalformedJsonException("expected JSON, got " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new MalformedJsonException("expected JSON in UTF-8, got " + e.getMessage(), e);
    }
  }

  /// The tree that these bytes are, if it is an object.
  ///
  /// @throws MalformedJsonException as [#read] does, and if they are something else than an object
  public static JsonNode readObject(byte[] bytes, int maxBytes) throws MalformedJsonException {
    JsonNode root = read(bytes, maxBytes);
    if (!root.isObject()) {
      throw new MalformedJsonException("expected a JSON object");
    }
    return root;
  }

  /// The bytes of a value: a tree, a map, a list, a text or a number; the same value gives the same bytes.
  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JacksonException e) {
      throw new IllegalStateException("such values are always written", e);
    }
  }
}
