package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LaunchCommandTest {
  @Test
  void listsTheApps() {
    assertThat(Jmr.run("launch").out())
        .isEqualToNormalizingNewlines(
            """
            APP           DESCRIPTION                           LAUNCH
            anythingllm   chat with documents, in a container   docker run
            openwebui     chat in the browser, in a container   docker run
            claude        Claude Code, a coding agent           command claude
            codex         Codex, a coding agent                 command codex
            opencode      a coding agent                        command opencode
            cline         a coding agent in VS Code             shows settings
            continue      a coding agent in editors             shows settings
            goose         an agent on this machine              shows settings
            openclaw      an assistant in chat programs         shows settings
            """);
  }

  @Test
  void showsTheContainerThatItWouldStart() {
    assertThat(Jmr.run("launch", "openwebui", "--dry-run").out().strip())
        .isEqualTo(
            "docker run --rm --publish 3000:8080 --add-host=host.docker.internal:host-gateway"
                + " --volume openwebui_data:/app/backend/data"
                + " --env OPENAI_API_BASE=http://host.docker.internal:12434/engines/v1"
                + " --env OPENAI_BASE_URL=http://host.docker.internal:12434/engines/v1"
                + " --env OPENAI_API_BASE_URL=http://host.docker.internal:12434/engines/v1"
                + " --env OPENAI_API_KEY=sk-docker-model-runner"
                + " --env OPEN_AI_KEY=sk-docker-model-runner --env WEBUI_AUTH=false"
                + " ghcr.io/open-webui/open-webui:latest");
    assertThat(
            Jmr.run(
                    "",
                    Map.of("MODEL_RUNNER_HOST", "http://far:1/"),
                    "launch",
                    "anythingllm",
                    "--dry-run",
                    "--detach",
                    "--image",
                    "mine:1",
                    "--port",
                    "9")
                .out())
        .contains("--rm --detach --publish 9:3001 ")
        .contains("--env DOCKER_MODEL_RUNNER_BASE_PATH=http://far:1 mine:1");
  }

  @Test
  void showsTheProgramThatItWouldStart() {
    Jmr.Result result =
        Jmr.run("launch", "codex", "--dry-run", "--model", "ai/x", "--", "--full-auto", "do it");
    assertThat(result.out())
        .startsWith("OPENAI_API_BASE=http://localhost:12434/v1 ")
        .endsWith("codex --model ai/x --full-auto 'do it'\n");
    assertThat(result.err()).contains("codex needs OpenAI's Responses API");
  }

  @Test
  void showsOnlyTheSettings() {
    Jmr.Result result = Jmr.run("launch", "claude", "--config");
    assertThat(result.out())
        .isEqualToNormalizingNewlines(
            """
            export ANTHROPIC_BASE_URL=http://localhost:12434/anthropic
            export ANTHROPIC_API_KEY=sk-docker-model-runner
            """);
    assertThat(result.err()).contains("claude needs Anthropic's Messages API");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cline", "continue", "goose", "openclaw"})
  void tellsHowToSetUpWhatItCannotStart(String app) {
    Jmr.Result result = Jmr.run("launch", app, "--model", "ai/x");
    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("http://localhost:12434", "ai/x", "sk-docker-model-runner");
  }

  @Test
  void suggestsTheNearestApp() {
    Jmr.Result result = Jmr.run("launch", "openwebgui");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("did you mean openwebui?");
  }
}
