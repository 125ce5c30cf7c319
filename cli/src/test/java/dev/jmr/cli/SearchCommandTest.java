package dev.jmr.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SearchCommandTest {
  private static final String DOCKER_HUB =
      """
      {"count":2,"next":null,"results":[
      {"name":"smollm2","namespace":"ai","description":"Tiny LLM","star_count":20,"pull_count":1000},
      {"name":"gemma3-vllm","namespace":"ai","description":"Google's\\u001b[31m best","star_count":7,
       "pull_count":345678,"storage_size":2500000000}]}
      """;
  private static final String HUGGING_FACE =
      """
      [{"id":"org/gemma-GGUF","likes":5,"downloads":99,"tags":["gguf","safetensors"],
        "pipeline_tag":"text-generation"}]
      """;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final HttpServer server = server();

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void start() {
    answer("/v2/repositories/ai/", DOCKER_HUB);
    answer("/api/models", HUGGING_FACE);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(String path, String json) {
    server.createContext(
        path,
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          byte[] bytes = json.getBytes(UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private Jmr.Result jmr(String... arguments) {
    String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
    return Jmr.run("", Map.of("DOCKER_HUB_ENDPOINT", endpoint, "HF_ENDPOINT", endpoint), arguments);
  }

  @Test
  void printsWhatBothSourcesHave() {
    Jmr.Result result = jmr("search");
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .isEqualToNormalizingNewlines(
            """
            NAME                   DESCRIPTION               BACKEND           SIZE     DOWNLOADS   STARS   SOURCE
            ai/gemma3-vllm         Google's\\u001b[31m best   vllm              2.50GB   346K        7       Docker Hub
            ai/smollm2             Tiny LLM                  llama.cpp         n/a      1.0K        20      Docker Hub
            hf.co/org/gemma-GGUF   text generation           llama.cpp, vllm   n/a      99          5       Hugging Face
            """);
  }

  @Test
  void asksForTheTermAndTheLimit() {
    Jmr.Result result = jmr("search", "a b", "-n", "3");
    assertThat(asked)
        .containsExactly(
            "/v2/repositories/ai/?page_size=100&page=1",
            "/api/models?apps=vllm,llama.cpp&sort=downloads&direction=-1&limit=3&search=a+b");
    assertThat(result.out()).doesNotContain("smollm2").contains("org/gemma");
    assertThat(jmr("search", "TINY", "--source", "dockerhub").out().lines().skip(1))
        .singleElement()
        .asString()
        .startsWith("ai/smollm2 ");
    assertThat(jmr("search", "nothing-like-it", "--source", "dockerhub").err())
        .contains("no model fits 'nothing-like-it'");
    assertThat(jmr("search", "-n", "0").code()).isEqualTo(2);
  }

  @Test
  void printsJson() throws IOException {
    JsonNode json = new ObjectMapper().readTree(jmr("search", "--json", "-n", "1").out());
    assertThat(json).hasSize(2);
    assertThat(json.get(0).get("name").asText()).isEqualTo("ai/gemma3-vllm");
    assertThat(json.get(0).get("size").asLong()).isEqualTo(2_500_000_000L);
    assertThat(json.get(1).get("source").asText()).isEqualTo("Hugging Face");
  }

  @Test
  void tellsWhenTheNetworkIsAway() {
    String nobody = "http://127.0.0.1:1";
    String here = "http://127.0.0.1:" + server.getAddress().getPort();
    Jmr.Result none =
        Jmr.run("", Map.of("DOCKER_HUB_ENDPOINT", nobody, "HF_ENDPOINT", nobody), "search");
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).contains("127.0.0.1:1: cannot be reached", "check the network");
    Jmr.Result half =
        Jmr.run("", Map.of("DOCKER_HUB_ENDPOINT", nobody, "HF_ENDPOINT", here), "search");
    assertThat(half.code()).isZero();
    assertThat(half.out()).contains("org/gemma-GGUF").doesNotContain("ai/");
    assertThat(half.err()).contains("127.0.0.1:1: cannot be reached");
  }
}
