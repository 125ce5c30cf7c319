package dev.jmr.server.manager;

import dev.jmr.gguf.Gguf;
import dev.jmr.runtime.ModelArtifact;
import dev.jmr.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Model files that were named one by one. A file's name without `.gguf` is its tag.
public final class FileCatalog implements ModelCatalog {
  private static final String SUFFIX = ".gguf";
  private static final int SHORTEST_ID = 12;

  private final List<CatalogModel> models;

  private FileCatalog(List<CatalogModel> models) {
    this.models = List.copyOf(models);
  }

  /// Reads the header of each file.
  ///
  /// @throws dev.jmr.gguf.GgufException if one is not a whole GGUF file
  public static FileCatalog of(List<Path> files) {
    List<CatalogModel> models = new ArrayList<>();
    for (Path file : files) {
      models.add(describe(file));
    }
    return new FileCatalog(models);
  }

  @Override
  public List<CatalogModel> models() {
    return models;
  }

  /// Upper and lower case are one in tags, a tag's `.gguf` and `:latest` may be there or not.
  @Override
  public Optional<CatalogModel> find(String reference) {
    String name = plain(reference);
    return models.stream()
        .filter(model ->
            model.id().equals(reference)
                || idBeginsWith(model.id(), reference)
                || plain(model.name()).equalsIgnoreCase(name))
        .findFirst();
  }

  private static boolean idBeginsWith(String id, String reference) {
    return reference.length() >= SHORTEST_ID
        && id.substring(id.indexOf(':') + 1).startsWith(reference);
  }

  private static String plain(String name) {
    String untagged =
        name.endsWith(":latest") ? name.substring(0, name.length() - ":latest".length()) : name;
    return untagged.toLowerCase(Locale.ROOT).endsWith(SUFFIX)
        ? untagged.substring(0, untagged.length() - SUFFIX.length())
        : untagged;
  }

  private static CatalogModel describe(Path file) {
    try (Gguf gguf = Gguf.open(file)) {
      long parameters = 0;
      for (Tensor tensor : gguf.tensors()) {
        parameters += tensor.shape().elementCount();
      }
      Instant changed = Files.getLastModifiedTime(file).toInstant();
      return new CatalogModel(
          id(file, gguf.byteSize(), changed),
          List.of(plain(String.valueOf(file.getFileName()))),
          changed,
          new ModelArtifact(file),
          Optional.empty(),
          new ModelDescription(
              "gguf",
              Optional.empty(),
              Optional.of(String.format(Locale.ROOT, "%.2fM", parameters / 1e6)),
              gguf.metadata().string("general.architecture"),
              Optional.of(
                  String.format(Locale.ROOT, "%.2fMiB", gguf.byteSize() / (double) (1 << 20))),
              metadata(gguf),
              OptionalInt.empty()));
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read", e);
    }
  }

  /// What is of interest before it is loaded.
  private static Map<String, String> metadata(Gguf gguf) {
    Map<String, String> known = new HashMap<>();
    gguf.metadata().string("general.name").ifPresent(name -> known.put("general.name", name));
    gguf.metadata()
        .string("general.architecture")
        .map(architecture -> architecture + ".context_length")
        .ifPresent(key ->
            gguf.metadata()
                .integer(key)
                .ifPresent(length -> known.put(key, Long.toString(length))));
    return known;
  }

  /// Stands for the content without reading all of it.
  private static String id(Path file, long bytes, Instant changed) {
    try {
      byte[] text =
          (file.toAbsolutePath() + "\n" + bytes + "\n" + changed).getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return "sha256:" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("sha-256: expected in every JDK, got none", e);
    }
  }
}
