package dev.jmr.server.store;

import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// Writes one blob into a store, going on where an earlier attempt ended.
///
/// ```java
/// try (BlobWriter blob = store.openBlob(layer)) {
///   fetch(layer, blob.position(), blob::write);
///   blob.commit();
/// }
/// ```
/// Nobody else, in this or another process, writes the same blob until it is closed. Closed without
/// commit, what was written stays for the next attempt. One thread at a time. Every method throws
/// [StoreException] where the disk refuses.
public final class BlobWriter implements AutoCloseable {
  private static final int BUFFER = 1 << 20;

  private final StoreLayout layout;
  private final Descriptor descriptor;
  private final MessageDigest computation = Digest.sha256();
  private final @Nullable FileChannel channel;
  private final AutoCloseable locks;
  private long position;
  private boolean committed;

  private BlobWriter(
      StoreLayout layout,
      Descriptor descriptor,
      @Nullable FileChannel channel,
      AutoCloseable locks,
      long position) {
    this.layout = layout;
    this.descriptor = descriptor;
    this.channel = channel;
    this.locks = locks;
    this.position = position;
  }

  /// A writer of a blob that is whole already.
  static BlobWriter whole(StoreLayout layout, Descriptor descriptor, AutoCloseable locks) {
    return new BlobWriter(layout, descriptor, null, locks, descriptor.size());
  }

  /// A writer that goes on after what there is of the blob.
  static BlobWriter resume(StoreLayout layout, Descriptor descriptor, AutoCloseable locks)
      throws IOException {
    FileChannel channel = StoreFiles.openForUpdate(layout.partial(descriptor.digest()));
    BlobWriter writer = new BlobWriter(layout, descriptor, channel, locks, 0);
    try {
      writer.rehash(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    return writer;
  }

  private void rehash(FileChannel file) throws IOException {
    if (file.size() > descriptor.size()) {
      file.truncate(0);
    }
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    while (file.read(buffer.clear(), position) > 0) {
      position += buffer.position();
      computation.update(buffer.flip());
    }
  }

  /// What is written.
  public Descriptor descriptor() {
    return descriptor;
  }

  /// Bytes that are there; all of them if the blob was in the store already.
  public long position() {
    return position;
  }

  /// Bytes that are still to come.
  public long remaining() {
    return descriptor.size() - position;
  }

  /// Appends bytes.
  ///
  /// @throws CorruptBlobException if they are more than the blob has; what was written is gone
  public void write(byte[] bytes, int offset, int length) {
    write(ByteBuffer.wrap(bytes, offset, length));
  }

  /// Appends the remaining bytes of a buffer.
  ///
  /// @throws CorruptBlobException if they are more than the blob has; what was written is gone
  public void write(ByteBuffer bytes) {
    if (bytes.remaining() > remaining()) {
      discard();
      throw new CorruptBlobException(
          "blob %s: expected %d bytes, got more".formatted(descriptor.digest(), descriptor.size()));
    }
    FileChannel file = channel;
    if (file == null || !bytes.hasRemaining()) {
      return;
    }
    try {
      computation.update(bytes.duplicate());
      while (bytes.hasRemaining()) {
        position += file.write(bytes, position);
      }
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /// Forgets what there is and begins anew, for a source that cannot go on in the middle.
  public void restart() {
    FileChannel file = channel;
    if (file == null) {
      return;
    }
    try {
      file.truncate(0);
      computation.reset();
      position = 0;
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /// Checks size and digest, waits until the bytes are on the disk, and gives the blob its name.
  ///
  /// @throws CorruptBlobException if the bytes are others than the digest says; they are gone then
  /// @throws StoreException if bytes are missing; those that are there stay
  public void commit() {
    FileChannel file = channel;
    if (file == null || committed) {
      return;
    }
    try {
      if (remaining() > 0) {
        throw new StoreException(
            "blob %s: expected %d bytes, got %d; fetch the rest"
                .formatted(descriptor.digest(), descriptor.size(), position));
      }
      Digest written = Digest.of(computation);
      if (!written.equals(descriptor.digest()) || file.size() != descriptor.size()) {
        discard();
        throw new CorruptBlobException(
            "blob: expected %s, got %s; what came was removed"
                .formatted(descriptor.digest(), written));
      }
      file.force(true);
      file.close();
      StoreFiles.replace(layout.partial(descriptor.digest()), layout.blob(descriptor.digest()));
      committed = true;
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /// Removes what was written.
  public void discard() {
    FileChannel file = channel;
    if (file == null) {
      return;
    }
    try {
      file.close();
      position = 0;
      Files.deleteIfExists(layout.partial(descriptor.digest()));
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /// Lets the next one write; keeps what there is.
  @Override
  public void close() {
    try {
      try (locks) {
        FileChannel file = channel;
        if (file != null) {
          file.close();
        }
      }
    } catch (IOException e) {
      throw refused(e);
    } catch (Exception e) {
      throw new IllegalStateException("locks fail with exceptions of the store only", e);
    }
  }

  private StoreException refused(IOException cause) {
    return StoreException.of("blob " + descriptor.digest(), cause);
  }
}
