package dev.jmr.server.huggingface;

import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.MediaTypes;
import dev.jmr.server.registry.BlobStream;
import dev.jmr.server.registry.RegistryException;
import dev.jmr.server.registry.TransientException;
import dev.jmr.server.store.BlobWriter;
import dev.jmr.server.store.CorruptBlobException;
import dev.jmr.server.store.ModelStore;
import java.io.IOException;
import java.util.function.LongConsumer;

/// Fetches large files into a store, going on where an earlier attempt ended.
final class HubDownload {
  private static final int BUFFER_BYTES = 1 << 18;

  private final HubClient client;
  private final ModelStore store;
  private final HubRevision revision;

  HubDownload(HubClient client, ModelStore store, HubRevision revision) {
    this.client = client;
    this.store = store;
    this.revision = revision;
  }

  /// The blob that a file becomes.
  ///
  /// @throws RegistryException if the hub does not tell its digest, so that nothing could be
  ///     checked
  static Descriptor blob(HubFile file) {
    return new Descriptor(
        MediaTypes.GGUF,
        file.digest()
            .orElseThrow(() ->
                new RegistryException(
                    RegistryException.Kind.INVALID,
                    "%s: expected the hub to tell its sha256".formatted(file.path()))),
        file.size());
  }

  /// Fetches a file, unless it is there. What an interruption leaves stays for the next time.
  ///
  /// @param progress gets how many bytes are there
  /// @throws RegistryException if the hub refuses or keeps failing
  /// @throws CorruptBlobException if the bytes are others than the hub's digest says, twice
  void fetch(HubFile file, LongConsumer progress) throws InterruptedException {
    try {
      fetchOnce(file, progress);
    } catch (CorruptBlobException e) {
      // What an earlier attempt left may be the reason; it is gone now.
      fetchOnce(file, progress);
    }
  }

  private void fetchOnce(HubFile file, LongConsumer progress) throws InterruptedException {
    try (BlobWriter writer = store.openBlob(blob(file))) {
      long reached = writer.position();
      progress.accept(reached);
      int failures = 0;
      while (writer.remaining() > 0) {
        try {
          copy(file, writer, progress);
        } catch (IOException e) {
          failures = writer.position() > reached ? 1 : failures + 1;
          reached = Math.max(reached, writer.position());
          client.requests().pause(e, failures);
        }
      }
      writer.commit();
    }
  }

  private void copy(HubFile file, BlobWriter writer, LongConsumer progress)
      throws IOException, InterruptedException {
    try (BlobStream stream = client.open(revision, file, writer.position())) {
      if (stream.offset() != writer.position()) {
        writer.restart();
      }
      byte[] buffer = new byte[BUFFER_BYTES];
      while (writer.remaining() > 0) {
        int read = stream.bytes().read(buffer);
        if (read < 0) {
          throw new TransientException(
              "%s: ended %d bytes early".formatted(file.path(), writer.remaining()));
        }
        writer.write(buffer, 0, read);
        progress.accept(writer.position());
      }
    }
  }
}
