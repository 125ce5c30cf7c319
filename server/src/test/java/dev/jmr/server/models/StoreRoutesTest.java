package dev.jmr.server.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.EngineProvider;
import dev.jmr.server.http.JmrServer;
import dev.jmr.server.http.Json;
import dev.jmr.server.http.ServerOptions;
import dev.jmr.server.huggingface.HubOptions;
import dev.jmr.server.library.ModelLibrary;
import dev.jmr.server.manager.KeepAlive;
import dev.jmr.server.manager.ManagerOptions;
import dev.jmr.server.manager.ModelManager;
import dev.jmr.server.manager.ModelOpener;
import dev.jmr.server.manager.SettingsFile;
import dev.jmr.server.packaging.ModelPackager;
import dev.jmr.server.packaging.PackageOptions;
import dev.jmr.server.registry.RegistryClient;
import dev.jmr.server.registry.RegistryOptions;
import dev.jmr.server.registry.TestRegistry;
import dev.jmr.server.store.ModelStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreRoutesTest {
  private static final Path GGUF =
      Path.of("src", "test", "resources", "models", "tinyq-llama-Q4_K_M.gguf");
  private static final String COMPLETION =
      "{\"model\":\"me/tiny:v1\",\"prompt\":\"Hi\",\"max_tokens\":2}";

  @TempDir private Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private final RegistryClient registry = new RegistryClient(RegistryOptions.of(Map.of()));
  private ModelStore store;
  private JmrServer server;

  @BeforeEach
  void start() throws Exception {
    store = ModelStore.open(folder.resolve("models"));
    new ModelPackager(store)
        .pack(GGUF, PackageOptions.NONE, Optional.of(store.reference("me/tiny:v1")));
    ModelManager models =
        new ModelManager(
            new StoreCatalog(new ModelLibrary(store, folder.resolve("cache"))),
            new ModelOpener(
                ServiceLoader.load(EngineProvider.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList()),
            SettingsFile.inMemory(),
            new ManagerOptions(
                EngineOptions.defaults().withThreads(1),
                KeepAlive.FOREVER,
                1L << 30,
                InstantSource.system()));
    server =
        JmrServer.start(
            ServerOptions.defaults().withPort(0),
            models,
            Optional.of(new StoreRoutes(models, store, registry, HubOptions.of(Map.of()))));
  }

  @AfterEach
  void stop() {
    server.close();
    registry.close();
  }

  private HttpResponse<byte[]> send(String method, String path, byte[] body) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofByteArray(body)).build();
    return client.send(request, BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> send(String method, String path, String body) throws Exception {
    return send(method, path, body.getBytes(UTF_8));
  }

  private JsonNode json(String method, String path, String body) throws Exception {
    return Json.read(text(send(method, path, body)));
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), UTF_8);
  }

  @Test
  void aModelThatIsLoadedAndIdleCanBeDeleted() throws Exception {
    assertThat(send("POST", "/v1/completions", COMPLETION).statusCode()).isEqualTo(200);
    assertThat(json("GET", "/engines/ps", "")).hasSize(1);

    JsonNode removed = json("DELETE", "/models/me/tiny:v1", "");

    assertThat(removed.get(0).get("Untagged").asText()).isEqualTo("docker.io/me/tiny:v1");
    assertThat(removed.get(1).get("Deleted").asText()).startsWith("sha256:");
    assertThat(json("GET", "/engines/ps", "")).isEmpty();
    assertThat(json("GET", "/models", "")).isEmpty();
    assertThat(send("POST", "/v1/completions", COMPLETION).statusCode()).isEqualTo(404);
    assertThat(send("DELETE", "/models/me/tiny:v1", "").statusCode()).isEqualTo(404);
  }

  @Test
  void aModelGetsMoreNamesAndAnotherContextSize() throws Exception {
    HttpResponse<byte[]> tagged = send("POST", "/models/me/tiny:v1/tag?repo=me/other&tag=x", "");
    assertThat(tagged.statusCode()).isEqualTo(201);
    assertThat(text(tagged)).contains("Model tagged successfully with \\\"me/other:x\\\"");
    assertThat(json("GET", "/models/me/other:x", "").get("tags")).hasSize(2);
    assertThat(send("POST", "/models/me/tiny:v1/tag", "").statusCode()).isEqualTo(400);
    assertThat(send("POST", "/models/me/tiny:v1/dance", "").statusCode()).isEqualTo(404);

    HttpResponse<byte[]> repackaged =
        send(
            "POST",
            "/models/me/tiny:v1/repackage",
            "{\"target\":\"me/small:v1\",\"context_size\":64}");
    assertThat(repackaged.statusCode()).isEqualTo(201);
    assertThat(json("GET", "/models/me/small:v1", "").get("config").get("context_size").asInt())
        .isEqualTo(64);
    assertThat(send("POST", "/models/me/tiny:v1/repackage", "{}").statusCode()).isEqualTo(400);
  }

  @Test
  void aModelLeavesAsAnArchiveAndComesBack() throws Exception {
    HttpResponse<byte[]> archive = send("GET", "/models/me/tiny:v1/export", "");
    assertThat(archive.statusCode()).isEqualTo(200);
    assertThat(archive.headers().firstValue("Content-Type")).hasValue("application/x-tar");
    String id = json("GET", "/models/me/tiny:v1", "").get("id").asText();
    send("DELETE", "/models/me/tiny:v1", "");

    HttpResponse<byte[]> loaded = send("POST", "/models/load", archive.body());

    assertThat(loaded.statusCode()).as(text(loaded)).isEqualTo(200);
    assertThat(text(loaded)).contains("Model loaded successfully");
    assertThat(json("GET", "/models/" + id, "").get("id").asText()).isEqualTo(id);
    assertThat(send("GET", "/models/nothing/export", "").statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsNoArchiveIsRefused() throws Exception {
    for (String text : List.of("", "no archive")) {
      HttpResponse<byte[]> response = send("POST", "/models/load", text);
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(text(response)).startsWith("archive: ");
    }
  }

  @Test
  void aModelIsLookedAtInItsRegistry() throws Exception {
    try (TestRegistry there = new TestRegistry()) {
      String id = there.model("me/far", "v1", new byte[9]).digest().toString();
      String path = "/models/" + there.registry() + "/me/far:v1";

      JsonNode model = json("GET", path + "?remote=true", "");

      assertThat(model.get("id").asText()).isEqualTo(id);
      assertThat(model.get("config").get("format").asText()).isEqualTo("gguf");
      assertThat(model.has("tags")).isFalse();
      assertThat(json("GET", path + "?remote", "")).isEqualTo(model);
      assertThat(send("GET", path + "?remote=false", "").statusCode()).isEqualTo(404);
      assertThat(send("GET", path.replace("v1", "v2") + "?remote", "").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void allModelsCanBePurged() throws Exception {
    send("POST", "/v1/completions", COMPLETION);
    assertThat(send("DELETE", "/models/purge", "").statusCode()).isEqualTo(200);
    assertThat(store.list()).isEmpty();
    assertThat(json("GET", "/v1/models", "").get("data")).isEmpty();
  }

  @Test
  void whatCannotBePulledIsToldByItsStatus() throws Exception {
    assertThat(send("POST", "/models/create", "{}").statusCode()).isEqualTo(400);
    assertThat(send("POST", "/models/create", "{\"from\":\"not a name\"}").statusCode())
        .isEqualTo(400);
  }
}
