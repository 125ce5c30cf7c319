package dev.jmr.server.registry;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.MediaTypes;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Chooses from an OCI image index the manifest that fits: the one without a platform (as models
/// have), else the one for this machine's, else the only one.
final class ManifestIndex {
  static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
  static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

  private static final Set<String> MANIFESTS = Set.of(MediaTypes.MANIFEST, DOCKER_MANIFEST);
  private static final int MAX_ENTRIES = 1024;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ManifestIndex() {}

  private record Entry(Digest digest, String os, String architecture) {
    boolean anyPlatform() {
      return os.isEmpty() || os.equals("unknown");
    }
  }

  /// The digest of the manifest that fits; empty if these bytes are no index.
  ///
  /// @throws RegistryException if none fits
  static Optional<Digest> choose(byte[] bytes, String what) {
    JsonNode manifests;
    try {
      JsonNode root = MAPPER.readTree(bytes);
      manifests = root.path("manifests");
      if (!manifests.isArray() || root.has("layers")) {
        return Optional.empty();
      }
    } catch (JacksonException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new IllegalStateException("bytes are always read", e);
    }
    List<Entry> entries =
        StreamSupport.stream(manifests.spliterator(), false)
            .limit(MAX_ENTRIES)
            .flatMap(ManifestIndex::entry)
            .toList();
    return Optional.of(choose(entries, what).digest());
  }

  private static Stream<Entry> entry(JsonNode node) {
    boolean attestation = node.path("annotations").has("vnd.docker.reference.type");
    if (attestation || !MANIFESTS.contains(node.path("mediaType").asText())) {
      return Stream.empty();
    }
    JsonNode platform = node.path("platform");
    return Digest.tryParse(node.path("digest").asText())
        .map(digest ->
            new Entry(digest, platform.path("os").asText(), platform.path("architecture").asText()))
        .stream();
  }

  private static Entry choose(List<Entry> entries, String what) {
    Optional<Entry> any = entries.stream().filter(Entry::anyPlatform).findFirst();
    Optional<Entry> own =
        entries.stream()
            .filter(entry -> entry.os().equals(os()) && entry.architecture().equals(architecture()))
            .findFirst();
    Optional<Entry> only = entries.size() == 1 ? Optional.of(entries.getFirst()) : Optional.empty();
    return any.or(() -> own)
        .or(() -> only)
        .orElseThrow(() ->
            new RegistryException(
                RegistryException.Kind.UNSUPPORTED,
                "%s: expected a manifest for %s/%s in the index, got %s"
                    .formatted(what, os(), architecture(), platforms(entries))));
  }

  private static List<String> platforms(List<Entry> entries) {
    return entries.stream().map(entry -> entry.os() + "/" + entry.architecture()).toList();
  }

  private static String os() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return name.startsWith("windows") ? "windows" : name.startsWith("mac") ? "darwin" : "linux";
  }

  private static String architecture() {
    String name = System.getProperty("os.arch", "");
    return name.equals("aarch64") ? "arm64" : name.equals("x86_64") ? "amd64" : name;
  }
}
