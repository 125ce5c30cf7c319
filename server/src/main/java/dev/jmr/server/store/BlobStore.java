package dev.jmr.server.store;

import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// The blobs of a store: who may write, rely on and delete them.
final class BlobStore {
  private static final long WAIT_MILLIS = 20;

  private final StoreLayout layout;
  private final StoreLock lock;

  BlobStore(StoreLayout layout, StoreLock lock) {
    this.layout = layout;
    this.lock = lock;
  }

  boolean has(Descriptor blob) {
    return StoreFiles.file(layout.blob(blob.digest()), blob.size());
  }

  /// Bytes of a blob that need not be fetched.
  long present(Descriptor blob) throws IOException {
    if (has(blob)) {
      return blob.size();
    }
    Path partial = layout.partial(blob.digest());
    long size = StoreFiles.file(partial) ? Files.size(partial) : 0;
    return size > blob.size() ? 0 : size;
  }

  /// Waits until nobody else writes the blob.
  BlobWriter open(Descriptor blob) throws IOException, InterruptedException {
    Optional<BlobWriter> writer = tryOpen(blob);
    while (writer.isEmpty()) {
      Thread.sleep(WAIT_MILLIS);
      writer = tryOpen(blob);
    }
    return writer.get();
  }

  Optional<BlobWriter> tryOpen(Descriptor blob) throws IOException, InterruptedException {
    Pin pin = pin(List.of(blob.digest()));
    boolean opened = false;
    try {
      if (has(blob)) {
        opened = true;
        return Optional.of(BlobWriter.whole(layout, blob, pin));
      }
      Optional<StoreLock.Region> region = lock.writer(blob.digest());
      if (region.isEmpty()) {
        return Optional.empty();
      }
      BlobWriter writer = open(blob, pin, region.get());
      opened = true;
      return Optional.of(writer);
    } finally {
      if (!opened) {
        pin.close();
      }
    }
  }

  private BlobWriter open(Descriptor blob, Pin pin, StoreLock.Region region) throws IOException {
    AutoCloseable locks =
        () -> {
          region.close();
          pin.close();
        };
    try {
      return has(blob)
          ? BlobWriter.whole(layout, blob, locks)
          : BlobWriter.resume(layout, blob, locks);
    } catch (IOException | RuntimeException e) {
      region.close();
      throw e;
    }
  }

  /// Waits for whoever is just deleting one of them.
  Pin pin(Collection<Digest> blobs) throws IOException, InterruptedException {
    List<StoreLock.Region> regions = new ArrayList<>();
    boolean complete = false;
    try {
      for (Digest blob : new LinkedHashSet<>(blobs)) {
        Optional<StoreLock.Region> region = lock.user(blob);
        while (region.isEmpty()) {
          Thread.sleep(WAIT_MILLIS);
          region = lock.user(blob);
        }
        regions.add(region.get());
      }
      complete = true;
      return new Pin(regions);
    } finally {
      if (!complete) {
        regions.forEach(StoreLock.Region::close);
      }
    }
  }

  /// Deletes a blob unless somebody relies on it.
  ///
  /// @return the bytes that it took; -1 if it stays
  long delete(Digest blob) throws IOException {
    return delete(lock.deleter(blob), layout.blob(blob));
  }

  /// Deletes what there is of a blob unless somebody is writing it.
  ///
  /// @return the bytes that it took; -1 if it stays
  long deletePartial(Digest blob) throws IOException {
    return delete(lock.writer(blob), layout.partial(blob));
  }

  private static long delete(Optional<StoreLock.Region> region, Path file) throws IOException {
    if (region.isEmpty()) {
      return -1;
    }
    try (StoreLock.Region _ = region.get()) {
      long size = StoreFiles.file(file) ? Files.size(file) : 0;
      Files.deleteIfExists(file);
      return size;
    }
  }
}
