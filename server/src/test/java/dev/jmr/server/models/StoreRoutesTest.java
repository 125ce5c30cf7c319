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
import dev.jmr.server.library.BuiltInArchive;
import dev.jmr.server.library.BuiltInModel;
import dev.jmr.server.library.BuiltInModels;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class StoreRoutesTest {
  private static final Path GGUF =
      Path.of("src", "test", "resources", "models", "tinyq-llama-Q4_K_M.gguf");
  private static final String COMPLETION =
      "{\"model\":\"me/tiny:v1\",\"prompt\":\"Hi\",\"max_tokens\":2,\"temperature\":0}";

  private static final Path BOX =
      Path.of("src", "test", "resources", "models", "tiny-llama3-bpe.gguf");

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
    BuiltInModel box = BuiltInArchive.of("me/box", BOX, folder.resolve("box"));
    ModelLibrary library =
        new ModelLibrary(
            store,
            folder.resolve("cache"),
            new BuiltInModels(List.of(box), folder.resolve("notes")));
    store.remove("me/box", true);
    ModelManager models =
        new ModelManager(
            new StoreCatalog(library),
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
            Optional.of(new StoreRoutes(models, library, registry, HubOptions.of(Map.of()))));
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
  void whatComesWithTheProgramIsFetchedFromNowhere() throws Exception {
    assertThat(send("GET", "/models/me/box", "").statusCode()).isEqualTo(404);
    HttpResponse<byte[]> brought = send("POST", "/models/create", "{\"from\":\"me/box\"}");
    assertThat(text(brought)).contains("Model came with JMR");
    assertThat(json("GET", "/models/me/box", "").get("tags").get(0).asText())
        .isEqualTo("docker.io/me/box:latest");
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

  /// Does something again and again until the others are through, and keeps what was answered with other statuses than these.
  private Future<?> meanwhile(
      ExecutorService threads, AtomicBoolean through, List<String> wrong, Turn turn) {
    return threads.submit(() -> {
      while (!through.get()) {
        turn.take(wrong);
      }
      return through;
    });
  }

  /// One round of what somebody does again and again.
  @FunctionalInterface
  private interface Turn {
    void take(List<String> wrong) throws Exception;
  }

  private void expect(
      List<String> wrong, HttpResponse<byte[]> answer, String what, Integer... statuses) {
    if (!List.of(statuses).contains(answer.statusCode())) {
      wrong.add(what + ": " + answer.statusCode() + " " + text(answer));
    }
  }

  @Test
  @Timeout(120)
  void aModelIsUsedUnloadedDeletedAndBroughtBackAtTheSameTime() throws Exception {
    String said = json("POST", "/v1/completions", COMPLETION).at("/choices/0/text").asText();
    byte[] archive = send("GET", "/models/me/tiny:v1/export", "").body();
    String tag =
        "/models/%s/tag?repo=me/tiny&tag=v1"
            .formatted(json("GET", "/models/me/tiny:v1", "").get("id").asText());
    List<String> wrong = new CopyOnWriteArrayList<>();
    AtomicBoolean through = new AtomicBoolean();
    AtomicInteger answers = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> others =
          List.of(
              meanwhile(
                  threads,
                  through,
                  wrong,
                  errors -> {
                    expect(
                        errors, send("POST", "/engines/unload", "{\"all\":true}"), "unload", 200);
                  }),
              meanwhile(
                  threads,
                  through,
                  wrong,
                  errors -> {
                    expect(
                        errors, send("DELETE", "/models/me/tiny:v1", ""), "delete", 200, 404, 409);
                    expect(errors, send("POST", "/models/load", archive), "load", 200);
                    expect(errors, send("POST", tag, ""), "tag", 201);
                  }));
      List<Future<?>> users = new ArrayList<>();
      for (int user = 0; user < 4; user++) {
        users.add(
            threads.submit(() -> {
              for (int i = 0; i < 25 || answers.get() == 0; i++) {
                HttpResponse<byte[]> answer = send("POST", "/v1/completions", COMPLETION);
                expect(wrong, answer, "completion", 200, 404);
                if (answer.statusCode() == 200) {
                  answers.incrementAndGet();
                  assertThat(Json.read(text(answer)).at("/choices/0/text").asText())
                      .isEqualTo(said);
                }
              }
              return answers;
            }));
      }
      for (Future<?> user : users) {
        user.get();
      }
      through.set(true);
      for (Future<?> other : others) {
        other.get();
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(answers).hasPositiveValue();
    HttpResponse<byte[]> last = send("POST", "/v1/completions", COMPLETION);
    assertThat(last.statusCode()).as(text(last)).isEqualTo(200);
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
