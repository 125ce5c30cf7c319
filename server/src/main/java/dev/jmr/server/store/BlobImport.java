package dev.jmr.server.store;

import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/// Brings files of this machine into a store.
final class BlobImport {
  private static final int BUFFER = 1 << 20;

  private final StoreLayout layout;
  private final BlobStore blobs;

  BlobImport(StoreLayout layout, BlobStore blobs) {
    this.layout = layout;
    this.blobs = blobs;
  }

  /// Links a file, if it lies on the same disk, or copies it.
  void add(Descriptor blob, Path file, boolean link) throws IOException, InterruptedException {
    try (BlobWriter writer = blobs.open(blob)) {
      if (writer.remaining() == 0 && blobs.has(blob)) {
        return;
      }
      if (link && linked(blob, file)) {
        writer.discard();
      } else {
        copy(writer, file);
      }
    }
  }

  private boolean linked(Descriptor blob, Path file) throws IOException {
    if (!StoreFiles.file(file, blob.size()) || !digest(file).equals(blob.digest())) {
      return false;
    }
    try {
      Files.createLink(layout.blob(blob.digest()), file);
      return true;
    } catch (FileAlreadyExistsException e) {
      return blobs.has(blob);
    } catch (UnsupportedOperationException | FileSystemException e) {
      return false;
    }
  }

  private static Digest digest(Path file) throws IOException {
    MessageDigest computation = Digest.sha256();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        computation.update(buffer, 0, read);
      }
    }
    return Digest.of(computation);
  }

  private static void copy(BlobWriter writer, Path file) throws IOException {
    writer.restart();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        writer.write(buffer, 0, read);
      }
    }
    writer.commit();
  }
}
