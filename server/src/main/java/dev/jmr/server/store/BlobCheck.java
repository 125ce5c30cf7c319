package dev.jmr.server.store;

import dev.jmr.server.artifact.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongConsumer;

/// Compares every blob with its name.
///
/// @param layout of the store
record BlobCheck(StoreLayout layout) {
  private static final int BUFFER = 1 << 20;

  /// The blobs that are no files or have another digest.
  Set<Digest> corrupt(LongConsumer hashedBytes) throws IOException {
    return corrupt(layout.listBlobs(), hashedBytes);
  }

  /// Those of some blobs that are no files or have another digest.
  Set<Digest> corrupt(Collection<Digest> blobs, LongConsumer hashedBytes) throws IOException {
    Set<Digest> corrupt = new HashSet<>();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (Digest blob : blobs) {
      Path file = layout.blob(blob);
      boolean there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
      if (there && (!StoreFiles.file(file) || !matches(blob, buffer, hashedBytes))) {
        corrupt.add(blob);
      }
    }
    return corrupt;
  }

  private boolean matches(Digest blob, ByteBuffer buffer, LongConsumer hashedBytes)
      throws IOException {
    MessageDigest computation = Digest.sha256();
    try (FileChannel channel = StoreFiles.openForReading(layout.blob(blob))) {
      for (int read = channel.read(buffer.clear());
          read >= 0;
          read = channel.read(buffer.clear())) {
        computation.update(buffer.flip());
        hashedBytes.accept(read);
      }
    } catch (NoSuchFileException e) {
      // Removed meanwhile, with its model.
      return true;
    }
    return Digest.of(computation).equals(blob);
  }
}
