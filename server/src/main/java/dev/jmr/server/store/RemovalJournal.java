package dev.jmr.server.store;

import dev.jmr.server.artifact.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Deletes models so that a crash leaves them whole or, after the next look at the store, gone.
///
/// First a journal lists the files, then the index forgets the model, then the files go, the
/// journal last. A journal of a model that the index still has is of a removal that did not happen;
/// any other is finished by whoever has the index next.
final class RemovalJournal {
  private static final int MAX_BYTES = 1 << 20;

  private final StoreLayout layout;
  private final BlobStore blobs;

  RemovalJournal(StoreLayout layout, BlobStore blobs) {
    this.layout = layout;
    this.blobs = blobs;
  }

  /// Removes a model from the index and from the disk. Only for who has the index.
  ///
  /// @return the bytes of the blobs that went with it
  long remove(StoreIndex index, StoredModel model) throws IOException {
    String lines = model.files().stream().map(Digest::toString).collect(Collectors.joining("\n"));
    StoreFiles.writeAtomically(layout.removing(model.id()), lines.getBytes(StandardCharsets.UTF_8));
    index.remove(model.id());
    index.write(layout.index());
    return delete(index, model.id(), model.files());
  }

  /// Finishes what a crash interrupted. Only for who has the index.
  void recover(StoreIndex index) throws IOException {
    for (Digest id : layout.listRemovals()) {
      if (index.model(id).isPresent()) {
        Files.deleteIfExists(layout.removing(id));
      } else {
        delete(index, id, files(layout.removing(id)));
      }
    }
  }

  private static List<Digest> files(Path journal) throws IOException {
    return new String(StoreFiles.read(journal, MAX_BYTES), StandardCharsets.UTF_8)
        .lines()
        .flatMap(line -> Digest.tryParse(line).stream())
        .toList();
  }

  private long delete(StoreIndex index, Digest id, List<Digest> files) throws IOException {
    Set<Digest> used = index.files();
    long freed = 0;
    for (Digest file : files) {
      if (!used.contains(file)) {
        freed += Math.max(0, blobs.delete(file));
      }
    }
    deleteTree(layout.bundle(id));
    Files.deleteIfExists(layout.manifest(id));
    Files.deleteIfExists(layout.removing(id));
    return freed;
  }

  /// Deletes a folder with everything in it; links are deleted, not followed.
  static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
