package dev.jmr.server.packaging;

import dev.jmr.server.artifact.ArtifactException;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.LayerRole;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.function.LongConsumer;

/// A file on its way into an artifact.
///
/// @param path of the file now
/// @param layer that it becomes
/// @param modified when
record LayerFile(Path path, PackedLayer layer, Instant modified) {
  private static final int BUFFER_BYTES = 1 << 20;

  /// A file as it is now. Symbolic links are followed: whoever names a file means what it leads to.
  ///
  /// @param progress told how many more bytes were read
  /// @throws ArtifactException if it is no file, or empty
  static LayerFile of(Path path, LayerRole role, LongConsumer progress) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new ArtifactException(
          "%s: expected a file, got %s"
              .formatted(path, Files.exists(path) ? "something else" : "nothing there"));
    }
    long size = Files.size(path);
    if (size == 0) {
      throw new ArtifactException(path + ": expected a file with content, got an empty one");
    }
    String name = String.valueOf(path.getFileName());
    return new LayerFile(
        path,
        new PackedLayer(role, name, digest(path, progress), size),
        Files.getLastModifiedTime(path).toInstant());
  }

  private static Digest digest(Path path, LongConsumer progress) throws IOException {
    MessageDigest sha256 = Digest.sha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(path)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha256.update(buffer, 0, read);
        progress.accept(read);
      }
    }
    return Digest.of(sha256);
  }
}
