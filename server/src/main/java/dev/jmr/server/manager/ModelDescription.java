package dev.jmr.server.manager;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What is known of a model without loading it, as texts for people.
///
/// @param format such as `gguf`
/// @param quantization such as `Q4_K_M`
/// @param parameters how many, such as `361.82M`
/// @param size of its files, such as `256.35MiB`
/// @param gguf metadata of the file
/// @param contextSize tokens that whoever packaged it wants it to be run with
/// @param defaultParameters for sampling, by their names in the API, that whoever packaged it wants it to be run with
public record ModelDescription(
    String format,
    Optional<String> quantization,
    Optional<String> parameters,
    Optional<String> architecture,
    Optional<String> size,
    Map<String, String> gguf,
    OptionalInt contextSize,
    Map<String, String> defaultParameters) {
  public ModelDescription {
    gguf = Map.copyOf(gguf);
    defaultParameters = Map.copyOf(defaultParameters);
  }

  /// Without parameters.
  public ModelDescription(
      String format,
      Optional<String> quantization,
      Optional<String> parameters,
      Optional<String> architecture,
      Optional<String> size,
      Map<String, String> gguf,
      OptionalInt contextSize) {
    this(format, quantization, parameters, architecture, size, gguf, contextSize, Map.of());
  }

  /// Tokens of context that the model was trained with, if its metadata is known.
  OptionalInt trainedContext() {
    String text = gguf.getOrDefault(architecture.orElse("") + ".context_length", "");
    return text.matches("[0-9]{1,9}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }
}
