package dev.jmr.server.artifact;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// Names some bytes: what they are, their digest and how many (OCI image specification,
/// descriptor).
///
/// @param mediaType one of [MediaTypes], or anything
/// @param digest of the bytes
/// @param size of the bytes, not negative
/// @param annotations in the order of their names
public record Descriptor(
    String mediaType, Digest digest, long size, Map<String, String> annotations) {
  /// Where a file lies within the model, relative, with slashes.
  public static final String FILE_PATH = "org.cncf.model.filepath";

  public Descriptor {
    if (size < 0) {
      throw new ArtifactException(
          "descriptor %s: expected a size of at least 0, got %d".formatted(digest, size));
    }
    annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
  }

  public Descriptor(String mediaType, Digest digest, long size) {
    this(mediaType, digest, size, Map.of());
  }
}
