package dev.jmr.server.transfer;

import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.registry.BlobStream;
import dev.jmr.server.registry.Origin;
import dev.jmr.server.registry.RegistryClient;
import dev.jmr.server.registry.RegistryException;
import dev.jmr.server.registry.Repository;
import dev.jmr.server.store.BlobWriter;
import dev.jmr.server.store.CorruptBlobException;
import dev.jmr.server.store.ModelStore;
import dev.jmr.server.store.StoreException;
import java.io.IOException;

/// Fetches one layer into the store, going on where it was left, however often the connection ends.
///
/// Gives up after the client's attempts without a new byte, or when the bytes are wrong several
/// times. What was fetched stays in the store in any case, unless it was wrong.
final class LayerDownload {
  private static final int BUFFER_BYTES = 256 << 10;
  private static final int MAX_CORRUPT = 4;

  private final RegistryClient client;
  private final ModelStore store;
  private final Repository repository;
  private final Descriptor layer;
  private final ProgressThrottle meter;
  private Origin origin = Origin.MIRRORS_FIRST;

  LayerDownload(
      RegistryClient client,
      ModelStore store,
      Repository repository,
      Descriptor layer,
      ProgressThrottle meter) {
    this.client = client;
    this.store = store;
    this.repository = repository;
    this.layer = layer;
    this.meter = meter;
  }

  void run() throws InterruptedException {
    for (int corrupt = 1; ; corrupt++) {
      try (BlobWriter writer = store.openBlob(layer)) {
        fetch(writer);
        writer.commit();
        meter.done();
        return;
      } catch (CorruptBlobException e) {
        if (corrupt == MAX_CORRUPT) {
          throw new RegistryException(
              RegistryException.Kind.INVALID,
              "%s: got wrong bytes %d times; the registry or something on the way is broken: %s"
                  .formatted(repository, corrupt, e.getMessage()),
              e);
        }
        origin = Origin.REGISTRY;
      } catch (StoreException e) {
        // An interrupted write closes its file.
        if (Thread.interrupted()) {
          throw interrupted(e);
        }
        throw e;
      }
    }
  }

  private void fetch(BlobWriter writer) throws InterruptedException {
    long reached = writer.position();
    int failures = 0;
    while (writer.remaining() > 0) {
      try {
        stream(writer);
      } catch (IOException e) {
        if (Thread.interrupted()) {
          throw interrupted(e);
        }
        failures = writer.position() > reached ? 1 : failures + 1;
        reached = Math.max(reached, writer.position());
        if (!client.retry().again(e, failures)) {
          throw new RegistryException(
              RegistryException.Kind.UNREACHABLE,
              "%s: layer %s stopped at %d of %d bytes: %s; pull again to go on from there"
                  .formatted(
                      repository,
                      layer.digest().shortHex(),
                      writer.position(),
                      layer.size(),
                      e.getMessage()),
              e);
        }
        client.retry().pause(e, failures);
      }
    }
  }

  private void stream(BlobWriter writer) throws IOException, InterruptedException {
    try (BlobStream stream = client.blob(repository, layer, writer.position(), origin)) {
      if (stream.offset() != writer.position()) {
        writer.restart();
      }
      byte[] buffer = new byte[BUFFER_BYTES];
      int read;
      while ((read = stream.bytes().read(buffer)) > 0) {
        writer.write(buffer, 0, read);
        meter.at(writer.position());
      }
    }
    if (writer.remaining() > 0) {
      throw new IOException("the connection ended early");
    }
  }

  private static InterruptedException interrupted(Exception cause) {
    InterruptedException interrupted = new InterruptedException("download given up");
    interrupted.initCause(cause);
    return interrupted;
  }
}
