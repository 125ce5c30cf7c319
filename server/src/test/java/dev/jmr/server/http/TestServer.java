package dev.jmr.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.demo.DemoModel;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.EngineProvider;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.library.BuiltInModel;
import dev.jmr.server.library.BuiltInModels;
import dev.jmr.server.library.ModelLibrary;
import dev.jmr.server.manager.FileCatalog;
import dev.jmr.server.manager.KeepAlive;
import dev.jmr.server.manager.ManagerOptions;
import dev.jmr.server.manager.ModelManager;
import dev.jmr.server.manager.ModelOpener;
import dev.jmr.server.manager.SettingsFile;
import dev.jmr.server.models.StoreCatalog;
import dev.jmr.server.store.ModelStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.UnaryOperator;

/// A server on a free port with the tiny test models, and a plain client of it.
@SuppressWarnings("exports") // Tests are nobody's API.
public final class TestServer implements AutoCloseable {
  private static final Path MODELS = Path.of("src", "test", "resources", "models");

  /// A template that makes a prompt of any conversation, with tools where there are any.
  private static final String TEMPLATE =
      "{% for m in messages %}<|{{ m.role }}|>{{ m.content }}\n{% endfor %}{% if tools %}{{ tools | length }} tools\n{% endif %}<|assistant|>";

  private final ModelManager models;
  private final JmrServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  private TestServer(ServerOptions options, ModelManager models) {
    this.models = models;
    this.server = JmrServer.start(options.withPort(0), models);
  }

  /// The tiny models, in their real engine.
  public static ModelManager tinyModels() {
    return tinyModels(UnaryOperator.identity());
  }

  /// The same with a budget of so many bytes.
  public static ModelManager tinyModels(long budget) {
    return tinyModels(UnaryOperator.identity(), installed(), budget);
  }

  /// The tiny models, in engines that are not the usual ones.
  public static ModelManager tinyModels(UnaryOperator<EngineOptions> engine) {
    return tinyModels(engine, installed());
  }

  /// The engines that are found, whatever the environment says of them.
  public static List<EngineProvider> installed() {
    return ServiceLoader.load(EngineProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /// The tiny models in these engines.
  public static ModelManager tinyModels(
      UnaryOperator<EngineOptions> engine, List<EngineProvider> engines) {
    return tinyModels(engine, engines, 1L << 30);
  }

  private static ModelManager tinyModels(
      UnaryOperator<EngineOptions> engine, List<EngineProvider> engines, long budget) {
    return new ModelManager(
        FileCatalog.of(
            List.of(
                MODELS.resolve("tinyq-llama-Q4_K_M.gguf"),
                MODELS.resolve("tiny-llama3-bpe.gguf"),
                MODELS.resolve("tiny-bert-mean.gguf"))),
        new ModelOpener(engines),
        SettingsFile.inMemory(),
        new ManagerOptions(
            engine.apply(
                EngineOptions.defaults()
                    .withMaxSequences(8)
                    .withThreads(1)
                    .withChatTemplate(TEMPLATE)),
            KeepAlive.FOREVER,
            budget,
            InstantSource.system()));
  }

  /// With the usual options.
  public static TestServer start() {
    return start(ServerOptions.defaults());
  }

  public static TestServer start(ServerOptions options) {
    return start(options, tinyModels());
  }

  /// With other models, which it closes.
  public static TestServer start(ServerOptions options, ModelManager models) {
    return new TestServer(options, models);
  }

  /// With the model that comes with JMR, which talks; its store is made in this folder.
  public static TestServer talking(Path folder) throws IOException {
    BuiltInModel demo =
        new BuiltInModel(DemoModel.NAME, Digest.parse(DemoModel.id()), DemoModel::open);
    ModelLibrary library =
        new ModelLibrary(
            ModelStore.open(folder.resolve("models")),
            folder.resolve("cache"),
            new BuiltInModels(List.of(demo), folder.resolve("notes")));
    return start(
        ServerOptions.defaults(),
        new ModelManager(
            new StoreCatalog(library),
            new ModelOpener(installed()),
            SettingsFile.inMemory(),
            new ManagerOptions(
                EngineOptions.defaults().withMaxSequences(4).withThreads(1),
                KeepAlive.FOREVER,
                1L << 30,
                InstantSource.system())));
  }

  public int port() {
    return server.port();
  }

  public ModelManager models() {
    return models;
  }

  /// A request to be changed and sent.
  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
  }

  public HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  public HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  /// The document that answers.
  public JsonNode json(String path, String body) throws IOException, InterruptedException {
    return Json.read(post(path, body).body());
  }

  /// The data of the events that answer.
  public List<String> events(String path, String body) throws IOException, InterruptedException {
    return post(path, body)
        .body()
        .lines()
        .filter(line -> line.startsWith("data: "))
        .map(line -> line.substring("data: ".length()))
        .toList();
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
