package dev.jmr.server.huggingface;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The files of a repository that make a model.
///
/// @param variant the weights
/// @param projector a GGUF file for images
/// @param chatTemplate a Jinja file
/// @param licenses texts
/// @param note what was chosen and why, for people
record HubSelection(
    HubVariant variant,
    Optional<HubFile> projector,
    Optional<HubFile> chatTemplate,
    List<HubFile> licenses,
    String note) {
  HubSelection {
    licenses = List.copyOf(licenses);
  }

  /// The large files: weights in order, then the projector.
  List<HubFile> largeFiles() {
    return Stream.concat(variant.files().stream(), projector.stream()).toList();
  }

  /// The texts.
  List<HubFile> smallFiles() {
    return Stream.concat(chatTemplate.stream(), licenses.stream()).toList();
  }
}
