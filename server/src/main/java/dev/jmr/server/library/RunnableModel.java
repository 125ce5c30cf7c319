package dev.jmr.server.library;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What an engine needs to run a model of the store.
///
/// @param weights the GGUF file, or the first of its shards
/// @param projector what turns images into embeddings
/// @param chatTemplate a Jinja template that replaces the one in the weights
/// @param contextSize the tokens of context that whoever packed the model chose; empty if that is
///     only what the model was trained with
/// @param defaultParameters sampling parameters by name
public record RunnableModel(
    Path weights,
    Optional<Path> projector,
    Optional<String> chatTemplate,
    OptionalInt contextSize,
    Map<String, String> defaultParameters) {
  public RunnableModel {
    defaultParameters = Map.copyOf(defaultParameters);
  }
}
