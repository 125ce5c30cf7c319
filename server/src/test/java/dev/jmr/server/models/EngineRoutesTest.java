package dev.jmr.server.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.server.http.Json;
import dev.jmr.server.http.TestServer;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class EngineRoutesTest {
  private static final TestServer SERVER = TestServer.start();

  @AfterAll
  static void close() {
    SERVER.close();
  }

  private static JsonNode get(String path) throws Exception {
    return Json.read(SERVER.get(path).body());
  }

  @Test
  void showsModelsAsDockersClientReadsThem() throws Exception {
    JsonNode model = get("/models/tiny-llama3-bpe");
    assertThat(model.path("id").textValue()).startsWith("sha256:");
    assertThat(model.at("/tags/0").textValue()).isEqualTo("tiny-llama3-bpe");
    assertThat(model.at("/config/format").textValue()).isEqualTo("gguf");
    assertThat(get("/models")).hasSize(3);
    HttpResponse<String> none = SERVER.get("/models/ai/none:latest");
    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(none.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
    assertThat(none.body()).startsWith("model 'ai/none:latest' not found").endsWith("\n");
  }

  @Test
  void showsTheContextOfModelsThatAreLoadedOrNot() throws Exception {
    SERVER.models().unload(_ -> true);
    int trained = get("/v1/models/tinyq-llama-Q4_K_M").at("/dmr/context_window").intValue();
    assertThat(trained).isPositive();
    SERVER.post("/tokenize", "{\"model\":\"tinyq-llama-Q4_K_M\",\"content\":\"x\"}");
    assertThat(get("/models/tinyq-llama-Q4_K_M").at("/config/context_size").intValue())
        .isEqualTo(get("/engines/ps").at("/0/context_size").intValue())
        .isEqualTo(trained);
    while (!SERVER.models().loaded().isEmpty()) {
      SERVER.models().unload(_ -> true);
    }
  }

  @Test
  void hasItsEngineInstalledAndKnowsNoOthers() throws Exception {
    for (String path : List.of("/engines/install-backend", "/engines/uninstall-backend")) {
      HttpResponse<String> ours = SERVER.post(path, "{\"backend\":\"llama.cpp\"}");
      assertThat(ours.statusCode()).isEqualTo(200);
      assertThat(ours.body()).isEmpty();
      assertThat(SERVER.post(path, "{\"backend\":\"vllm\"}").statusCode()).isEqualTo(404);
      HttpResponse<String> none = SERVER.post(path, "{}");
      assertThat(none.statusCode()).isEqualTo(400);
      assertThat(none.body()).isEqualTo("invalid request: backend is required\n");
    }
  }

  @Test
  void configuresLoadsShowsAndUnloadsAModel() throws Exception {
    HttpResponse<String> configured =
        SERVER.post(
            "/engines/_configure",
            "{\"model\":\"tiny-llama3-bpe\",\"context-size\":64,\"keep_alive\":\"1h\",\"raw-runtime-flags\":\"--temp 0 --threads 2\"}");
    assertThat(configured.statusCode()).isEqualTo(202);
    JsonNode settings = get("/engines/_configure?model=tiny-llama3-bpe");
    assertThat(settings.at("/0/Config/context-size").intValue()).isEqualTo(64);
    JsonNode ps = get("/engines/ps");
    while (ps.isEmpty()
        || ps.at("/0/loading").booleanValue()
        || ps.at("/0/in_use").booleanValue()) {
      ps = get("/engines/ps");
    }
    assertThat(ps.at("/0/backend_name").textValue()).isEqualTo("llama.cpp");
    assertThat(ps.at("/0/model_name").textValue()).isEqualTo("tiny-llama3-bpe");
    assertThat(ps.at("/0/mode").textValue()).isEqualTo("completion");
    assertThat(ps.at("/0/keep_alive").textValue()).isEqualTo("1h0m0s");
    assertThat(ps.at("/0/context_size").intValue()).isEqualTo(64);
    assertThat(SERVER.get("/metrics").body())
        .contains("# TYPE llamacpp:prompt_tokens_total counter")
        .contains("model=\"tiny-llama3-bpe\"");
    assertThat(SERVER.post("/engines/unload", "{\"models\":[\"tiny-llama3-bpe\"]}").body())
        .isEqualTo("{\"unloaded_runners\":1}");
    assertThat(get("/engines/ps")).isEmpty();
    assertThat(SERVER.get("/metrics").body()).startsWith("# No active runners\n");
  }

  @Test
  void refusesFlagsThatAreNotAllowed() throws Exception {
    HttpResponse<String> response =
        SERVER.post(
            "/engines/_configure",
            "{\"model\":\"tiny-llama3-bpe\",\"runtime-flags\":[\"--model\",\"/etc/passwd\"]}");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .isEqualTo("runtime flag \"--model\" is not allowed for backend \"llama.cpp\"\n");
  }

  @Test
  void tellsStateAndDiskUsage() throws Exception {
    assertThat(get("/engines/status").path("llama.cpp").textValue()).startsWith("Running: ");
    assertThat(get("/engines/df").path("models_disk_usage").longValue()).isGreaterThan(1_000_000);
  }
}
