package dev.jmr.server.huggingface;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.json.BoundedJson;
import dev.jmr.server.json.MalformedJsonException;
import dev.jmr.server.registry.RegistryException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads what the hub's API answers.
final class HubListing {
  /// Larger answers are refused.
  static final int MAX_BYTES = 16 << 20;

  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  private HubListing() {}

  /// The state of a repository that a `revision` answer describes.
  static HubRevision revision(String repository, byte[] json) {
    JsonNode root = read(repository, json);
    String commit = root.path("sha").asText("");
    if (!COMMIT.matcher(commit).matches()) {
      throw invalid(repository, "expected a commit of 40 digits, got '%s'".formatted(commit));
    }
    String modified = root.path("lastModified").asText("");
    try {
      return new HubRevision(repository, commit, Instant.parse(modified));
    } catch (DateTimeException e) {
      throw invalid(repository, "expected a time in lastModified, got '%s'".formatted(modified));
    }
  }

  /// The files that one page of a `tree` answer lists; folders are left out.
  static List<HubFile> files(String repository, byte[] json) {
    JsonNode root = read(repository, json);
    if (!root.isArray()) {
      throw invalid(repository, "expected a list of files");
    }
    List<HubFile> files = new ArrayList<>();
    for (JsonNode entry : root) {
      if (entry.path("type").asText("").equals("file")) {
        files.add(file(repository, entry));
      }
    }
    return files;
  }

  private static HubFile file(String repository, JsonNode entry) {
    String path = entry.path("path").asText("");
    boolean leaves =
        path.isEmpty()
            || path.startsWith("/")
            || path.indexOf('\\') >= 0
            || path.chars().anyMatch(Character::isISOControl)
            || Arrays.asList(path.split("/", -1)).contains("..");
    long size = entry.path("size").asLong(-1);
    if (leaves || size < 0) {
      throw invalid(
          repository, "expected a path and a size, got '%s' with %d".formatted(path, size));
    }
    String oid = entry.path("lfs").path("oid").asText("");
    Optional<Digest> digest = Digest.tryParse(oid).or(() -> Digest.tryParse("sha256:" + oid));
    return new HubFile(path, size, digest);
  }

  private static JsonNode read(String repository, byte[] json) {
    try {
      return BoundedJson.read(json, MAX_BYTES);
    } catch (MalformedJsonException e) {
      throw new RegistryException(
          RegistryException.Kind.INVALID, repository + ": " + e.getMessage(), e);
    }
  }

  private static RegistryException invalid(String repository, String message) {
    return new RegistryException(RegistryException.Kind.INVALID, repository + ": " + message);
  }
}
