package dev.jmr.server.huggingface;

import dev.jmr.server.artifact.Digest;
import java.util.Optional;

/// A file of a repository.
///
/// @param path within the repository, with slashes
/// @param size in bytes
/// @param digest of its bytes; the hub tells it of large files only
record HubFile(String path, long size, Optional<Digest> digest) {
  /// The path without folders.
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// The path without the name; empty at the root.
  String folder() {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }
}
