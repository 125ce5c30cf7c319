package dev.jmr.server.store;

import dev.jmr.server.artifact.ArtifactException;
import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.artifact.ManifestJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;

/// The manifests of a store, one file each.
///
/// @param layout of the store
record ManifestFiles(StoreLayout layout) {
  /// The manifest of a model.
  ///
  /// @throws StoreException if it is not there, another one or none
  Manifest read(Digest id) {
    try {
      Manifest manifest =
          ManifestJson.read(StoreFiles.read(layout.manifest(id), ManifestJson.MAX_BYTES));
      if (!manifest.digest().equals(id)) {
        throw new StoreException(
            "manifest %s: expected its digest, got %s; mend it with jmr fsck --repair"
                .formatted(id, manifest.digest()));
      }
      return manifest;
    } catch (NoSuchFileException e) {
      throw new StoreException(
          "manifest %s: is missing; mend it with jmr fsck --repair".formatted(id), e);
    } catch (ArtifactException | UncheckedIOException e) {
      throw new StoreException(
          "manifest %s: %s; mend it with jmr fsck --repair".formatted(id, e.getMessage()), e);
    } catch (IOException e) {
      throw StoreException.of("manifest " + id, e);
    }
  }

  void write(Manifest manifest) throws IOException {
    StoreFiles.writeAtomically(layout.manifest(manifest.digest()), manifest.bytes());
  }

  /// Layers and, last, configuration.
  static Stream<Descriptor> files(Manifest manifest) {
    return Stream.concat(manifest.layers().stream(), Stream.of(manifest.config()));
  }
}
