package dev.jmr.server.library;

import dev.jmr.server.artifact.Digest;
import java.io.IOException;
import java.io.InputStream;

/// A model that comes with the program.
///
/// @param name that it has in stores, such as `jmr/demo`
/// @param id of its manifest
/// @param archive as [dev.jmr.server.packaging.ModelArchive] reads it
public record BuiltInModel(String name, Digest id, Archive archive) {
  /// Where its bytes come from.
  @FunctionalInterface
  public interface Archive {
    /// The bytes from the beginning, in a stream that the caller closes.
    InputStream open() throws IOException;
  }
}
