package dev.jmr.server.store;

import dev.jmr.server.artifact.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/// What keeps a store tidy: pruning, purging, checking, counting. Every method throws
/// [StoreException] where the store or the disk is at fault.
public final class StoreUpkeep {
  private static final Duration STALE = Duration.ofDays(7);

  private final StoreLayout layout;
  private final BlobStore blobs;
  private final RemovalJournal journal;
  private final StoreAccess access;

  StoreUpkeep(StoreLayout layout, BlobStore blobs, RemovalJournal journal, StoreAccess access) {
    this.layout = layout;
    this.blobs = blobs;
    this.journal = journal;
    this.access = access;
  }

  /// Removes models without names, and what interrupted downloads left more than seven days ago.
  public PruneReport prune() {
    return prune(STALE);
  }

  /// Removes models without names, and what downloads left that nobody has gone on with for so
  /// long. What somebody is writing or about to use stays.
  public PruneReport prune(Duration age) {
    return access.change(
        "store " + layout.root(),
        index -> {
          List<Removal> removals = new ArrayList<>();
          long freed = 0;
          for (StoredModel model : index.models()) {
            if (model.tags().isEmpty()) {
              freed += journal.remove(index, model);
              removals.add(new Removal.Deleted(model.id()));
            }
          }
          Freed orphans = deleteOrphans(index, age);
          Freed partials = deletePartials(age);
          return new PruneReport(
              removals, orphans.count, partials.count, freed + orphans.bytes + partials.bytes);
        });
  }

  private record Freed(int count, long bytes) {}

  private Freed deleteOrphans(StoreIndex index, Duration age) throws IOException {
    Set<Digest> used = index.files();
    int count = 0;
    long bytes = 0;
    for (Digest blob : layout.listBlobs()) {
      if (!used.contains(blob) && older(layout.blob(blob), age)) {
        long size = blobs.delete(blob);
        count += size < 0 ? 0 : 1;
        bytes += Math.max(0, size);
      }
    }
    return new Freed(count, bytes);
  }

  private Freed deletePartials(Duration age) throws IOException {
    int count = 0;
    long bytes = 0;
    for (Digest blob : layout.listPartials()) {
      if (older(layout.partial(blob), age)) {
        long size = blobs.deletePartial(blob);
        count += size < 0 ? 0 : 1;
        bytes += Math.max(0, size);
      }
    }
    return new Freed(count, bytes);
  }

  /// Whether a file has not been written for some time; not if it was just renamed or removed.
  static boolean older(Path file, Duration age) throws IOException {
    try {
      return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
          .toInstant()
          .isBefore(Instant.now().minus(age));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /// Removes what downloads left that nobody went on with for seven days, as a server does when it
  /// starts.
  public void removeStalePartials() {
    access.exclusively("store " + layout.root(), () -> deletePartials(STALE));
  }

  /// Removes every model, also where the index cannot be read. What somebody is writing or about to
  /// use stays.
  ///
  /// @throws StoreException if the folder is no store (any more)
  public void purge() {
    if (!StoreFiles.file(layout.marker())) {
      throw new StoreException(
          "store %s: expected a model store, got a folder without layout.json; nothing was removed"
              .formatted(layout.root()));
    }
    access.exclusively(
        "store " + layout.root(),
        () -> {
          StoreIndex.empty().write(layout.index());
          for (Digest id : layout.listManifests()) {
            Files.deleteIfExists(layout.manifest(id));
          }
          for (Digest id : layout.listRemovals()) {
            Files.deleteIfExists(layout.removing(id));
          }
          for (Digest id : layout.listBundles()) {
            RemovalJournal.deleteTree(layout.bundle(id));
          }
          for (Digest blob : layout.listBlobs()) {
            blobs.delete(blob);
          }
          for (Digest blob : layout.listPartials()) {
            blobs.deletePartial(blob);
          }
          return layout;
        });
  }

  /// Looks for faults; reads every byte.
  ///
  /// @param repair whether to do about each what its finding says
  /// @param hashedBytes told how many more bytes were read
  /// @return the faults, repaired or not
  public List<Finding> fsck(boolean repair, LongConsumer hashedBytes) {
    try {
      BlobCheck check = new BlobCheck(layout);
      Set<Digest> suspects = check.corrupt(hashedBytes);
      return access.exclusively(
          "store " + layout.root(),
          () -> {
            // What was removed and fetched again meanwhile is sound.
            Set<Digest> corrupt = check.corrupt(suspects, hashedBytes);
            return new StoreCheck(layout, blobs, corrupt).run(repair);
          });
    } catch (IOException e) {
      throw StoreException.of("store " + layout.root(), e);
    }
  }

  /// What the store takes of its disk.
  public DiskUsage diskUsage() {
    try {
      StoreIndex index = access.read();
      Set<Digest> used = index.files();
      long modelBytes = 0;
      long orphanBytes = 0;
      for (Digest blob : layout.listBlobs()) {
        long size = size(layout.blob(blob));
        modelBytes += used.contains(blob) ? size : 0;
        orphanBytes += used.contains(blob) ? 0 : size;
      }
      long partialBytes = 0;
      for (Digest blob : layout.listPartials()) {
        partialBytes += size(layout.partial(blob));
      }
      long free = Files.getFileStore(layout.root()).getUsableSpace();
      return new DiskUsage(index.models().size(), modelBytes, orphanBytes, partialBytes, free);
    } catch (IOException e) {
      throw StoreException.of("store " + layout.root(), e);
    }
  }

  private static long size(Path file) throws IOException {
    try {
      return StoreFiles.file(file) ? Files.size(file) : 0;
    } catch (NoSuchFileException e) {
      // Renamed or removed meanwhile.
      return 0;
    }
  }
}
