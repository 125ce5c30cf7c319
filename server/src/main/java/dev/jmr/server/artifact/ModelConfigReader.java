package dev.jmr.server.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// Reads the configurations of artifacts: Docker's v0.1 and v0.2, and the CNCF's ModelPack.
///
/// A field of the wrong type counts as absent, as in Docker Model Runner's reading of what it does
/// not know; what would change how the model runs (context size, default parameters, the layers'
/// digests) must be right.
public final class ModelConfigReader {
  private static final String WHAT = "model configuration";
  private static final List<String> FORMATS = List.of(ModelConfig.GGUF, "safetensors", "diffusers");

  private ModelConfigReader() {}

  /// The configuration of an artifact.
  ///
  /// @param manifest of the artifact
  /// @param bytes of the configuration that the manifest names
  /// @throws ArtifactException if the bytes are others, or no configuration
  /// @throws UnsupportedArtifactException if the artifact is no model
  public static ModelConfig read(Manifest manifest, byte[] bytes) {
    Descriptor descriptor = manifest.config();
    ConfigForm.ofMediaType(descriptor.mediaType());
    if (!Digest.of(bytes).equals(descriptor.digest())) {
      throw new ArtifactException(
          "%s: expected %s, got bytes of %s"
              .formatted(WHAT, descriptor.digest(), Digest.of(bytes)));
    }
    JsonNode root = ArtifactJson.readObject(bytes, ModelConfigJson.MAX_BYTES, WHAT);
    ModelConfig config = isCncf(root) ? cncf(root) : docker(root);
    ModelConfig annotated = annotated(config, descriptor.annotations());
    return annotated.size().isEmpty()
        ? annotated.withSize(Quantity.bytes(ModelLayers.of(manifest).weightBytes()))
        : annotated;
  }

  private static boolean isCncf(JsonNode root) {
    return root.path("config").has("paramSize")
        || root.path("descriptor").has("createdAt")
        || root.has("modelfs");
  }

  private static ModelConfig docker(JsonNode root) {
    JsonNode config = root.path("config");
    String format = config.path("format").asText("");
    return new ModelConfig(
        format,
        config.path("quantization").asText(""),
        config.path("parameters").asText(""),
        config.path("architecture").asText(""),
        config.path("size").asText(""),
        metadata(config, format),
        contextSize(config.path("context_size")),
        time(root.path("descriptor").path("created").asText("")),
        digests(root.path("rootfs").path("diff_ids")),
        Map.of());
  }

  private static ModelConfig cncf(JsonNode root) {
    JsonNode config = root.path("config");
    return new ModelConfig(
        config.path("format").asText(""),
        config.path("quantization").asText(""),
        config.path("paramSize").asText(""),
        config.path("architecture").asText(""),
        "",
        Map.of(),
        OptionalInt.empty(),
        time(root.path("descriptor").path("createdAt").asText("")),
        digests(root.path("modelfs").path("diffIds")),
        Map.of());
  }

  private static ModelConfig annotated(ModelConfig config, Map<String, String> annotations) {
    ModelConfig result = config;
    String contextSize = annotations.get(ModelConfigJson.CONTEXT_SIZE);
    if (contextSize != null && config.contextSize().isEmpty()) {
      result = result.withContextSize(OptionalInt.of(tokens(contextSize)));
    }
    String parameters = annotations.get(ModelConfigJson.DEFAULT_PARAMETERS);
    if (parameters != null) {
      byte[] bytes = parameters.getBytes(StandardCharsets.UTF_8);
      result =
          result.withDefaultParameters(
              texts(
                  ArtifactJson.readObject(
                      bytes, ModelConfigJson.MAX_BYTES, ModelConfigJson.DEFAULT_PARAMETERS)));
    }
    return result;
  }

  private static Map<String, String> metadata(JsonNode config, String format) {
    if (config.path(format).isObject()) {
      return texts(config.path(format));
    }
    return FORMATS.stream()
        .map(config::path)
        .filter(JsonNode::isObject)
        .findFirst()
        .map(ModelConfigReader::texts)
        .orElse(Map.of());
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new TreeMap<>();
    object.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }

  private static OptionalInt contextSize(JsonNode node) {
    return node.isMissingNode() || node.isNull()
        ? OptionalInt.empty()
        : OptionalInt.of(tokens(node.asText()));
  }

  private static int tokens(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new ArtifactException(
          "%s: expected a context size of 1 to %d, got '%s'"
              .formatted(WHAT, Integer.MAX_VALUE, text),
          e);
    }
  }

  private static Optional<Instant> time(String text) {
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      return instant.isBefore(Instant.EPOCH) ? Optional.empty() : Optional.of(instant);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static List<Digest> digests(JsonNode array) {
    List<Digest> digests = new ArrayList<>();
    array.forEach(node -> digests.add(Digest.parse(node.asText())));
    return digests;
  }
}
