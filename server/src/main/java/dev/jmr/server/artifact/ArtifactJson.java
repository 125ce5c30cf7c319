package dev.jmr.server.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.server.json.BoundedJson;
import dev.jmr.server.json.MalformedJsonException;

/// Reads the documents of artifacts.
final class ArtifactJson {
  private ArtifactJson() {}

  /// The object that these bytes are.
  ///
  /// @param what the document as messages call it
  /// @throws ArtifactException if they are something else, or too many
  static JsonNode readObject(byte[] bytes, int maxBytes, String what) {
    try {
      return BoundedJson.readObject(bytes, maxBytes);
    } catch (MalformedJsonException e) {
      throw new ArtifactException(what + ": " + e.getMessage(), e);
    }
  }
}
