package dev.jmr.server.manager;

import dev.jmr.runtime.ModelArtifact;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A model that can be loaded.
///
/// @param id of its content, such as `sha256:…`: the same model has the same id under all its tags
/// @param tags its names in full; may be empty
/// @param artifact what an engine loads
/// @param chatTemplate a Jinja template that comes with the model and stands in for the one in its weights
public record CatalogModel(
    String id,
    List<String> tags,
    Instant created,
    ModelArtifact artifact,
    Optional<String> chatTemplate,
    ModelDescription description) {
  public CatalogModel {
    tags = List.copyOf(tags);
  }

  /// What to call it: its first tag, or else its id.
  public String name() {
    return tags.isEmpty() ? id : tags.getFirst();
  }
}
