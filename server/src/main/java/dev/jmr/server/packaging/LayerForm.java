package dev.jmr.server.packaging;

import dev.jmr.server.artifact.ConfigForm;
import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.LayerRole;
import dev.jmr.server.artifact.MediaTypes;
import java.util.Map;
import java.util.TreeMap;

/// How the layers of an artifact of some form are described.
final class LayerForm {
  private static final String UNTESTED = "org.cncf.model.file.mediatype.untested";

  private LayerForm() {}

  /// The descriptor of a layer.
  static Descriptor layer(PackedLayer file, ConfigForm form) {
    return new Descriptor(
        mediaType(file.role(), form), file.digest(), file.size(), annotations(file.name(), form));
  }

  /// A layer of an artifact of another form.
  static Descriptor converted(Descriptor layer, ConfigForm form) {
    LayerRole role = LayerRole.of(layer);
    String path = layer.annotations().getOrDefault(Descriptor.FILE_PATH, LayerName.of(role));
    Map<String, String> annotations = new TreeMap<>(layer.annotations());
    annotations.putAll(annotations(path, form));
    return new Descriptor(mediaType(role, form), layer.digest(), layer.size(), annotations);
  }

  private static Map<String, String> annotations(String path, ConfigForm form) {
    return form == ConfigForm.CNCF
        ? Map.of(Descriptor.FILE_PATH, path, UNTESTED, "false")
        : Map.of(Descriptor.FILE_PATH, path);
  }

  private static String mediaType(LayerRole role, ConfigForm form) {
    return switch (form) {
      case DOCKER_V0_1, DOCKER_V0_2 ->
          switch (role) {
            case GGUF -> MediaTypes.GGUF;
            case SAFETENSORS -> MediaTypes.SAFETENSORS;
            case DDUF -> MediaTypes.DDUF;
            case PROJECTOR -> MediaTypes.PROJECTOR;
            case CHAT_TEMPLATE -> MediaTypes.CHAT_TEMPLATE;
            case LICENSE -> MediaTypes.LICENSE;
            case COMPANION -> MediaTypes.FILE;
          };
      case CNCF ->
          switch (role) {
            case GGUF, SAFETENSORS, DDUF, PROJECTOR -> MediaTypes.CNCF_WEIGHT;
            case CHAT_TEMPLATE -> MediaTypes.CNCF_WEIGHT_CONFIG;
            case LICENSE, COMPANION -> MediaTypes.CNCF_DOCUMENT;
          };
    };
  }
}
