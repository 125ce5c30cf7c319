package dev.jmr.server.artifact;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// What an artifact says about its model, in one shape for all versions of artifacts. Texts are
/// empty where the artifact says nothing.
///
/// @param format `gguf`, `safetensors` or `diffusers`
/// @param quantization such as `Q4_K_M`
/// @param parameters how many, such as `361.82M`
/// @param architecture such as `llama`
/// @param size of the weights, such as `256.35MiB`
/// @param metadata of the weights' own header: of a GGUF file, its keys
/// @param contextSize the tokens of context to run the model with, at least 1; empty if the
///     artifact does not care
/// @param created when; empty if unknown
/// @param diffIds the digests of the layers, in order
/// @param defaultParameters sampling parameters to run the model with, by name; Docker Model Runner
///     knows no such thing
public record ModelConfig(
    String format,
    String quantization,
    String parameters,
    String architecture,
    String size,
    Map<String, String> metadata,
    OptionalInt contextSize,
    Optional<Instant> created,
    List<Digest> diffIds,
    Map<String, String> defaultParameters) {
  /// The format that we can run.
  public static final String GGUF = "gguf";

  public ModelConfig {
    if (contextSize.isPresent() && contextSize.getAsInt() < 1) {
      throw new ArtifactException(
          "context size: expected at least 1 token, got " + contextSize.getAsInt());
    }
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    diffIds = List.copyOf(diffIds);
    defaultParameters = Collections.unmodifiableMap(new TreeMap<>(defaultParameters));
  }

  /// The same model with another context size; none if it is empty.
  public ModelConfig withContextSize(OptionalInt other) {
    return new ModelConfig(
        format,
        quantization,
        parameters,
        architecture,
        size,
        metadata,
        other,
        created,
        diffIds,
        defaultParameters);
  }

  /// The same model with other default parameters.
  public ModelConfig withDefaultParameters(Map<String, String> other) {
    return new ModelConfig(
        format,
        quantization,
        parameters,
        architecture,
        size,
        metadata,
        contextSize,
        created,
        diffIds,
        other);
  }

  /// The same model as an artifact of these layers, created at this time.
  public ModelConfig withLayers(List<Digest> otherDiffIds, Optional<Instant> otherCreated) {
    return new ModelConfig(
        format,
        quantization,
        parameters,
        architecture,
        size,
        metadata,
        contextSize,
        otherCreated,
        otherDiffIds,
        defaultParameters);
  }

  ModelConfig withSize(String other) {
    return new ModelConfig(
        format,
        quantization,
        parameters,
        architecture,
        other,
        metadata,
        contextSize,
        created,
        diffIds,
        defaultParameters);
  }
}
