package dev.jmr.server.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.server.json.BoundedJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/// Writes a [ModelConfig] in the forms that others read.
public final class ModelConfigJson {
  /// Larger configurations are refused.
  public static final int MAX_BYTES = 4 << 20;

  /// The annotation of the configuration's descriptor that holds default parameters, as a JSON
  /// object of texts. Docker Model Runner and ModelPack have no field for them, and leave
  /// annotations that they do not know alone.
  public static final String DEFAULT_PARAMETERS = "dev.jmr.model.default-parameters";

  /// The annotation of the configuration's descriptor that holds the context size, where the form
  /// has no field for it.
  public static final String CONTEXT_SIZE = "dev.jmr.model.context-size";

  private ModelConfigJson() {}

  /// The configuration as a file of an artifact: the same configuration gives the same bytes.
  public static byte[] write(ModelConfig config, ConfigForm form) {
    return BoundedJson.write(
        switch (form) {
          case DOCKER_V0_1, DOCKER_V0_2 -> docker(config);
          case CNCF -> cncf(config);
        });
  }

  /// What the descriptor of a configuration in this form must say besides.
  public static Map<String, String> annotations(ModelConfig config, ConfigForm form) {
    Map<String, String> annotations = new LinkedHashMap<>();
    if (!config.defaultParameters().isEmpty()) {
      annotations.put(DEFAULT_PARAMETERS, text(config.defaultParameters()));
    }
    if (form == ConfigForm.CNCF && config.contextSize().isPresent()) {
      annotations.put(CONTEXT_SIZE, Integer.toString(config.contextSize().getAsInt()));
    }
    return annotations;
  }

  private static String text(Map<String, String> map) {
    return new String(BoundedJson.write(map), UTF_8);
  }

  /// The `config` object that Docker Model Runner's HTTP API and command line give: texts, one
  /// number (`context_size`) and one map of texts under the name of the format; what is empty is
  /// left out.
  public static Map<String, Object> fields(ModelConfig config) {
    Map<String, Object> fields = new LinkedHashMap<>();
    putText(fields, "format", config.format());
    putText(fields, "quantization", config.quantization());
    putText(fields, "parameters", config.parameters());
    putText(fields, "architecture", config.architecture());
    putText(fields, "size", config.size());
    if (!config.metadata().isEmpty()) {
      fields.put(config.format().isEmpty() ? ModelConfig.GGUF : config.format(), config.metadata());
    }
    config.contextSize().ifPresent(tokens -> fields.put("context_size", tokens));
    return fields;
  }

  private static void putText(Map<String, Object> fields, String name, String value) {
    if (!value.isEmpty()) {
      fields.put(name, value);
    }
  }

  private static Map<String, Object> docker(ModelConfig config) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("config", fields(config));
    ObjectNode descriptor = JsonNodeFactory.instance.objectNode();
    config.created().ifPresent(created -> descriptor.put("created", rfc3339(created)));
    root.put("descriptor", descriptor);
    root.put("rootfs", layers(config, "rootfs", "diff_ids"));
    return root;
  }

  private static Map<String, Object> cncf(ModelConfig config) {
    Map<String, Object> root = new LinkedHashMap<>();
    ObjectNode descriptor = JsonNodeFactory.instance.objectNode();
    config.created().ifPresent(created -> descriptor.put("createdAt", rfc3339(created)));
    if (!config.architecture().isEmpty()) {
      descriptor.put("family", config.architecture());
    }
    root.put("descriptor", descriptor);
    root.put("modelfs", layers(config, "layers", "diffIds"));
    Map<String, Object> model = new LinkedHashMap<>();
    putText(model, "architecture", config.architecture());
    putText(model, "format", config.format());
    putText(model, "paramSize", config.parameters());
    putText(model, "quantization", config.quantization());
    root.put("config", model);
    return root;
  }

  private static Map<String, Object> layers(ModelConfig config, String type, String idsName) {
    Map<String, Object> layers = new LinkedHashMap<>();
    layers.put("type", type);
    layers.put(idsName, config.diffIds().stream().map(Digest::toString).toList());
    return layers;
  }

  private static String rfc3339(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
