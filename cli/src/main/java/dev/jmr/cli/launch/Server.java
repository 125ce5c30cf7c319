package dev.jmr.cli.launch;

import java.util.LinkedHashMap;
import java.util.Map;

/// The server that an app is to talk to.
///
/// @param base its address, without a path and without a slash at the end
/// @param model the model that the app is to ask for
public record Server(String base, String model) {
  /// What the app sends as its key; the server takes any.
  public static final String KEY = "sk-docker-model-runner";

  /// What the name of a model stands as where none was chosen.
  public static final String ANY_MODEL = "MODEL";

  private static final String CONTAINER_HOST = "host.docker.internal";

  /// The same server as a container sees it.
  Server fromContainer() {
    return new Server(
        base.replaceFirst(
            "//(localhost|127\\.0\\.0\\.1|\\[::1]|0\\.0\\.0\\.0)", "//" + CONTAINER_HOST),
        model);
  }

  boolean modelChosen() {
    return !model.equals(ANY_MODEL);
  }

  /// The variables by which programs find a server of OpenAI's API.
  ///
  /// @param path behind [#base], such as `/engines/v1`
  Map<String, String> openAiVariables(String path) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("OPENAI_API_BASE", base + path);
    variables.put("OPENAI_BASE_URL", base + path);
    variables.put("OPENAI_API_BASE_URL", base + path);
    variables.put("OPENAI_API_KEY", KEY);
    variables.put("OPEN_AI_KEY", KEY);
    return variables;
  }
}
