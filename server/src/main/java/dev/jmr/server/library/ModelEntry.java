package dev.jmr.server.library;

import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.artifact.ModelConfig;
import java.time.Instant;
import java.util.List;

/// A model with its names and what it says of itself.
///
/// @param tags full names such as `docker.io/ai/gemma3:latest`; none of a model that lost its names
///     or is not here
/// @param displayTags the names as lists show them
public record ModelEntry(
    Manifest manifest, ModelConfig config, List<String> tags, List<String> displayTags) {
  public ModelEntry {
    tags = List.copyOf(tags);
    displayTags = List.copyOf(displayTags);
  }

  /// The digest of the manifest.
  public Digest id() {
    return manifest.digest();
  }

  /// When the artifact was made, in seconds since 1970; 0 if it does not say.
  public long createdSeconds() {
    return config.created().map(Instant::getEpochSecond).orElse(0L);
  }

  /// The first full name, or the id.
  public String name() {
    return tags.isEmpty() ? id().toString() : tags.getFirst();
  }
}
