package dev.jmr.server.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.server.json.BoundedJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads and writes manifests as JSON (OCI image specification, image manifest).
public final class ManifestJson {
  /// Larger manifests are refused, as registries do.
  public static final int MAX_BYTES = 4 << 20;

  private static final int MAX_LAYERS = 4096;
  private static final int SCHEMA_VERSION = 2;

  private ManifestJson() {}

  /// The manifest that these bytes are.
  ///
  /// @throws ArtifactException if they are not a manifest of version 2 with a configuration and
  ///     layers
  public static Manifest read(byte[] bytes) {
    JsonNode root = ArtifactJson.readObject(bytes, MAX_BYTES, "manifest");
    JsonNode version = root.path("schemaVersion");
    if (version.asInt() != SCHEMA_VERSION) {
      throw new ArtifactException(
          "manifest: expected schemaVersion 2, got %s"
              .formatted(version.isMissingNode() ? "none" : version));
    }
    return new Manifest(
        Digest.of(bytes),
        Optional.ofNullable(root.path("artifactType").textValue()),
        descriptor(root.path("config"), "config"),
        layers(root.path("layers")),
        bytes.clone());
  }

  /// A new manifest of these parts; the same parts give the same bytes.
  public static Manifest create(
      Optional<String> artifactType, Descriptor config, List<Descriptor> layers) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schemaVersion", SCHEMA_VERSION);
    root.put("mediaType", MediaTypes.MANIFEST);
    artifactType.ifPresent(type -> root.put("artifactType", type));
    root.set("config", json(config));
    ArrayNode array = root.putArray("layers");
    layers.forEach(layer -> array.add(json(layer)));
    return read(BoundedJson.write(root));
  }

  private static List<Descriptor> layers(JsonNode node) {
    if (!node.isArray() || node.size() > MAX_LAYERS) {
      throw new ArtifactException(
          "manifest: expected a list of at most %d layers".formatted(MAX_LAYERS));
    }
    List<Descriptor> layers = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      layers.add(descriptor(node.get(i), "layers[%d]".formatted(i)));
    }
    return layers;
  }

  private static Descriptor descriptor(JsonNode node, String where) {
    String mediaType = text(node, "mediaType", where);
    Digest digest = Digest.parse(text(node, "digest", where));
    JsonNode size = node.path("size");
    if (!size.canConvertToLong() || !size.isIntegralNumber()) {
      throw new ArtifactException("manifest: expected a size at %s".formatted(where));
    }
    Map<String, String> annotations = new TreeMap<>();
    for (Map.Entry<String, JsonNode> annotation : node.path("annotations").properties()) {
      annotations.put(annotation.getKey(), annotation.getValue().asText());
    }
    return new Descriptor(mediaType, digest, size.longValue(), annotations);
  }

  private static String text(JsonNode node, String name, String where) {
    String text = node.path(name).textValue();
    if (text == null) {
      throw new ArtifactException("manifest: expected a text %s at %s".formatted(name, where));
    }
    return text;
  }

  private static ObjectNode json(Descriptor descriptor) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("mediaType", descriptor.mediaType());
    node.put("digest", descriptor.digest().toString());
    node.put("size", descriptor.size());
    if (!descriptor.annotations().isEmpty()) {
      ObjectNode annotations = node.putObject("annotations");
      descriptor.annotations().forEach(annotations::put);
    }
    return node;
  }
}
