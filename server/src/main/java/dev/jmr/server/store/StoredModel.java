package dev.jmr.server.store;

import dev.jmr.server.artifact.Digest;
import dev.jmr.server.reference.ModelReference;
import dev.jmr.server.reference.ReferenceException;
import java.util.List;
import java.util.Optional;

/// A model of the store, as its index lists it at one moment.
///
/// @param id digest of the manifest
/// @param tags full names such as `docker.io/ai/gemma3:latest`, in the order in which they were
///     given; empty if another model took them
/// @param files digests of the layers and, last, of the configuration
public record StoredModel(Digest id, List<String> tags, List<Digest> files) {
  public StoredModel {
    tags = List.copyOf(tags);
    files = List.copyOf(files);
  }

  /// The names as lists show them (`gemma3`, `me/x:7b`).
  public List<String> displayTags() {
    return tags.stream().map(StoredModel::display).toList();
  }

  /// The first name as lists show it, or the short id.
  public String displayName() {
    return tags.isEmpty() ? id.shortHex() : display(tags.getFirst());
  }

  /// The names as references, without those that are none.
  public List<ModelReference> references() {
    return tags.stream().flatMap(tag -> reference(tag).stream()).toList();
  }

  static Optional<ModelReference> reference(String tag) {
    try {
      return Optional.of(ModelReference.parse(tag));
    } catch (ReferenceException e) {
      return Optional.empty();
    }
  }

  /// A tag as lists show it; as it is where it is no reference.
  static String display(String tag) {
    return reference(tag).map(ModelReference::display).orElse(tag);
  }
}
