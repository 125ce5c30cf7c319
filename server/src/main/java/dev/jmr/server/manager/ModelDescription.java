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
public record ModelDescription(
    String format,
    Optional<String> quantization,
    Optional<String> parameters,
    Optional<String> architecture,
    Optional<String> size,
    Map<String, String> gguf,
    OptionalInt contextSize) {
  public ModelDescription {
    gguf = Map.copyOf(gguf);
  }
}
