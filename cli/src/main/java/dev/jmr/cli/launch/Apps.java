package dev.jmr.cli.launch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The apps that we know.
public final class Apps {
  private static final String ENGINES = "/engines/v1";

  /// All of them, in the order in which they are listed.
  public static final List<App> ALL =
      List.of(
          new App.Container(
              "anythingllm",
              "chat with documents, in a container",
              "mintplexlabs/anythingllm:latest",
              3001,
              3001,
              "anythingllm_storage:/app/server/storage",
              Apps::anythingLlm),
          new App.Container(
              "openwebui",
              "chat in the browser, in a container",
              "ghcr.io/open-webui/open-webui:latest",
              3000,
              8080,
              "openwebui_data:/app/backend/data",
              Apps::openWebUi),
          new App.Program(
              "claude",
              "Claude Code, a coding agent",
              Apps::claude,
              model -> List.of("--model", model),
              Optional.of("Anthropic's Messages API (/anthropic/v1/messages)")),
          new App.Program(
              "codex",
              "Codex, a coding agent",
              server -> server.openAiVariables("/v1"),
              model -> List.of("--model", model),
              Optional.of("OpenAI's Responses API (/v1/responses)")),
          new App.Program(
              "opencode",
              "a coding agent",
              server -> server.openAiVariables(ENGINES),
              model -> List.of("--model", "openai/" + model),
              Optional.empty()),
          new App.ByHand("cline", "a coding agent in VS Code", Apps::cline),
          new App.ByHand("continue", "a coding agent in editors", Apps::continueDev),
          new App.ByHand("goose", "an agent on this machine", Apps::goose),
          new App.ByHand("openclaw", "an assistant in chat programs", Apps::openClaw));

  private Apps() {}

  private static Map<String, String> anythingLlm(Server server) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("STORAGE_DIR", "/app/server/storage");
    variables.put("DOCKER_MODEL_RUNNER_BASE_PATH", server.base());
    return variables;
  }

  private static Map<String, String> openWebUi(Server server) {
    Map<String, String> variables = server.openAiVariables(ENGINES);
    variables.put("WEBUI_AUTH", "false");
    return variables;
  }

  private static Map<String, String> claude(Server server) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("ANTHROPIC_BASE_URL", server.base() + "/anthropic");
    variables.put("ANTHROPIC_API_KEY", Server.KEY);
    return variables;
  }

  private static String cline(Server server) {
    return """
    In Cline's settings:
      API Provider: OpenAI Compatible
      Base URL:     %s/engines/v1
      API Key:      %s
      Model ID:     %s
    """
        .formatted(server.base(), Server.KEY, server.model());
  }

  private static String continueDev(Server server) {
    return """
    In ~/.continue/config.yaml:
      models:
        - name: JMR
          provider: openai
          model: %s
          apiBase: %s/engines/v1
          apiKey: %s
    """
        .formatted(server.model(), server.base(), Server.KEY);
  }

  private static String goose(Server server) {
    return """
    In the environment of goose:
      export GOOSE_PROVIDER=openai
      export GOOSE_MODEL=%s
      export OPENAI_HOST=%s
      export OPENAI_BASE_PATH=engines/v1/chat/completions
      export OPENAI_API_KEY=%s
    """
        .formatted(server.model(), server.base(), Server.KEY);
  }

  private static String openClaw(Server server) {
    return """
    In OpenClaw's configuration, a provider of the OpenAI kind:
      baseUrl: %s/engines/v1
      apiKey:  %s
      model:   %s
    """
        .formatted(server.base(), Server.KEY, server.model());
  }
}
