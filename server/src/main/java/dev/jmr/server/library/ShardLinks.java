package dev.jmr.server.library;

import dev.jmr.server.artifact.Digest;
import dev.jmr.server.store.StoreException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Gives the shards of a model the names by which readers of GGUF find them: in a store they are
/// called by their digests.
final class ShardLinks {
  private final Path folder;

  /// @param folder where links may lie, one folder in it for each model; made when needed
  ShardLinks(Path folder) {
    this.folder = folder;
  }

  /// The first shard, beside which the others lie.
  ///
  /// @param blobs all shards in order
  Path link(Digest model, List<Path> blobs) {
    Path place = folder.resolve(model.hex());
    try {
      Files.createDirectories(place);
      for (int i = 0; i < blobs.size(); i++) {
        link(place.resolve(name(i, blobs.size())), blobs.get(i).toAbsolutePath());
      }
    } catch (IOException e) {
      throw new StoreException("model %s: its shards cannot be named: %s".formatted(model, e), e);
    }
    return place.resolve(name(0, blobs.size()));
  }

  private static String name(int index, int count) {
    return String.format(Locale.ROOT, "model-%05d-of-%05d.gguf", index + 1, count);
  }

  private static void link(Path link, Path blob) throws IOException {
    if (Files.exists(link) && Files.isSameFile(link, blob)) {
      return;
    }
    Files.deleteIfExists(link);
    try {
      Files.createSymbolicLink(link, blob);
    } catch (FileAlreadyExistsException another) {
      if (!Files.isSameFile(link, blob)) {
        throw another;
      }
    } catch (IOException | UnsupportedOperationException e) {
      Files.createLink(link, blob);
    }
  }
}
