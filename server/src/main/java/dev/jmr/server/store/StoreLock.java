package dev.jmr.server.store;

import dev.jmr.server.artifact.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The locks of a store, between threads and between processes; what a killed process held is free.
///
/// All are locks on single bytes far beyond the end of `layout.json`, which is never replaced: one
/// byte for the index, one per blob for who writes it, one per blob for who relies on it (shared;
/// who wants to delete the blob needs it alone). There is one open file per store and process,
/// since the operating system forgets all locks of a process on a file as soon as it closes any
/// handle of it. Only `tryLock` is used, since an interrupt of a waiting lock would close that
/// file.
final class StoreLock {
  private static final Map<Path, StoreLock> LOCKS = new ConcurrentHashMap<>();
  private static final long INDEX = 1L << 40;
  private static final long WRITERS = 1L << 61;
  private static final long USERS = 1L << 62;
  private static final int DIGITS = 15;

  private final Path file;
  private final Map<Long, Region> regions = new HashMap<>();
  private @Nullable FileChannel channel;
  private @Nullable Object fileKey;

  private StoreLock(Path file) {
    this.file = file;
  }

  /// The lock of the store whose marker this is, the same for everybody in this process.
  static StoreLock of(Path marker) {
    return LOCKS.computeIfAbsent(marker, StoreLock::new);
  }

  /// The index, if nobody has it.
  Optional<Region> index() throws IOException {
    return acquire(INDEX, false);
  }

  /// The right to write a blob, if nobody has it.
  Optional<Region> writer(Digest blob) throws IOException {
    return acquire(WRITERS + hash(blob), false);
  }

  /// The promise that nobody deletes a blob, unless somebody is just deleting it.
  Optional<Region> user(Digest blob) throws IOException {
    return acquire(USERS + hash(blob), true);
  }

  /// The right to delete a blob, if nobody relies on it.
  Optional<Region> deleter(Digest blob) throws IOException {
    return acquire(USERS + hash(blob), false);
  }

  /// 60 bits of the digest: two blobs with the same wait for one another, nothing worse.
  private static long hash(Digest blob) {
    return Long.parseLong(blob.hex().substring(0, DIGITS), 16);
  }

  private synchronized Optional<Region> acquire(long position, boolean shared) throws IOException {
    Region held = regions.get(position);
    if (held != null) {
      if (!shared || !held.shared) {
        return Optional.empty();
      }
      held.holders++;
      return Optional.of(held);
    }
    FileLock lock = open().tryLock(position, 1, shared);
    if (lock == null) {
      closeIfUnused();
      return Optional.empty();
    }
    Region region = new Region(position, shared, lock);
    regions.put(position, region);
    return Optional.of(region);
  }

  private FileChannel open() throws IOException {
    FileChannel current = channel;
    if (current == null) {
      current = StoreFiles.openExisting(file);
      channel = current;
      fileKey = key();
    } else if (!Objects.equals(fileKey, key())) {
      throw new StoreException(
          "store: %s was replaced while models were written; try again".formatted(file));
    }
    return current;
  }

  private @Nullable Object key() throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  private void closeIfUnused() throws IOException {
    FileChannel current = channel;
    if (regions.isEmpty() && current != null) {
      channel = null;
      current.close();
    }
  }

  private synchronized void release(Region region) throws IOException {
    region.holders--;
    if (region.holders == 0) {
      regions.remove(region.position);
      region.lock.release();
      closeIfUnused();
    }
  }

  /// A locked byte; closed as often as it was acquired.
  final class Region implements AutoCloseable {
    private final long position;
    private final boolean shared;
    private final FileLock lock;
    private int holders = 1;

    private Region(long position, boolean shared, FileLock lock) {
      this.position = position;
      this.shared = shared;
      this.lock = lock;
    }

    @Override
    public void close() {
      try {
        release(this);
      } catch (IOException e) {
        throw StoreException.of("store lock " + file, e);
      }
    }
  }
}
