package dev.jmr.server.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.server.artifact.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// Where everything lies in a store (Docker Model Runner, layout 1.0.0).
///
/// @param root the folder, without symbolic links
record StoreLayout(Path root) {
  private static final String VERSION = "1.0.0";
  private static final String MAJOR = "1.";
  private static final String ALGORITHM = "sha256";
  private static final String INCOMPLETE = ".incomplete";
  private static final String REMOVING = ".removing";
  private static final int MAX_LAYOUT_BYTES = 1 << 16;
  private static final Set<String> MEMBERS =
      Set.of("layout.json", "models.json", "blobs", "manifests", "bundles", "lost+found");

  /// The layout of a folder, made if it is empty or not there.
  static StoreLayout create(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      StoreFiles.createDirectories(folder);
    }
    StoreLayout layout = new StoreLayout(folder.toRealPath());
    if (!StoreFiles.file(layout.marker())) {
      layout.requireEmpty();
      layout.writeMarker();
    }
    layout.requireVersion();
    for (Path directory : List.of(layout.blobs(), layout.manifests())) {
      StoreFiles.createDirectory(Objects.requireNonNull(directory.getParent()));
      StoreFiles.createDirectory(directory);
    }
    return layout;
  }

  private void requireEmpty() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        if (!MEMBERS.contains(name) && !name.startsWith(".") && !name.startsWith("layout.json")) {
          throw new StoreException(
              "store %s: expected a model store or an empty folder, got one with '%s'; choose another with MODELS_PATH"
                  .formatted(root, name));
        }
      }
    }
  }

  private void writeMarker() throws IOException {
    byte[] bytes = "{\"version\":\"%s\"}".formatted(VERSION).getBytes(StandardCharsets.UTF_8);
    StoreFiles.createOnce(marker(), bytes);
  }

  private void requireVersion() throws IOException {
    ObjectNode marker = StoreJson.read(marker(), MAX_LAYOUT_BYTES);
    String version = marker.path("version").asText();
    if (!version.startsWith(MAJOR)) {
      throw new StoreException(
          "store %s: expected layout version %s, got '%s'; use a newer jmr"
              .formatted(root, VERSION, version));
    }
  }

  /// The file that says that this is a store; its bytes beyond the end carry the locks.
  Path marker() {
    return root.resolve("layout.json");
  }

  Path index() {
    return root.resolve("models.json");
  }

  Path blobs() {
    return root.resolve("blobs", ALGORITHM);
  }

  Path manifests() {
    return root.resolve("manifests", ALGORITHM);
  }

  Path bundles() {
    return root.resolve("bundles", ALGORITHM);
  }

  Path blob(Digest digest) {
    return blobs().resolve(digest.hex());
  }

  Path partial(Digest digest) {
    return blobs().resolve(digest.hex() + INCOMPLETE);
  }

  Path manifest(Digest id) {
    return manifests().resolve(id.hex());
  }

  Path bundle(Digest id) {
    return bundles().resolve(id.hex());
  }

  /// The journal of a removal.
  Path removing(Digest id) {
    return manifests().resolve(id.hex() + REMOVING);
  }

  /// The digests of the files of a folder whose names are 64 digits and this suffix.
  private static List<Digest> digests(Path folder, String suffix) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.endsWith(suffix))
          .map(name -> name.substring(0, name.length() - suffix.length()))
          .flatMap(hex -> Digest.tryParse(ALGORITHM + ":" + hex).stream())
          .sorted(Comparator.comparing(Digest::hex))
          .toList();
    }
  }

  List<Digest> listBlobs() throws IOException {
    return digests(blobs(), "");
  }

  List<Digest> listPartials() throws IOException {
    return digests(blobs(), INCOMPLETE);
  }

  List<Digest> listManifests() throws IOException {
    return digests(manifests(), "");
  }

  List<Digest> listBundles() throws IOException {
    return digests(bundles(), "");
  }

  List<Digest> listRemovals() throws IOException {
    return digests(manifests(), REMOVING);
  }
}
