package dev.jmr.cli.runner;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.reference.ModelReference;
import dev.jmr.server.transfer.ProgressEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A model runner behind its HTTP API: `jmr serve`, or Docker Model Runner.
public final class RemoteRunner implements ModelRunner {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MODELS = "/models/";

  private final RunnerHttp http;
  private final Map<String, String> environment;

  /// @param version of this command, for the runner's records
  /// @param environment may hold `HF_TOKEN`, which goes to the runner with pulls from Hugging Face, and `MODEL_RUNNER_API_KEY`
  public RemoteRunner(RunnerAddress address, String version, Map<String, String> environment) {
    this.http = new RunnerHttp(address, version, variable(environment, "MODEL_RUNNER_API_KEY"));
    this.environment = Map.copyOf(environment);
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  @Override
  public JsonNode models() throws InterruptedException {
    return http.get("/models", "");
  }

  @Override
  public JsonNode openAiModels() throws InterruptedException {
    return http.get("/engines/v1/models", "");
  }

  /// The models of an address that is the base URL of an API.
  public JsonNode modelsOfApi() throws InterruptedException {
    return http.get("/models", "");
  }

  @Override
  public JsonNode model(String name, boolean remote) throws InterruptedException {
    return http.get(MODELS + name, remote ? "remote=true" : "");
  }

  @Override
  public JsonNode openAiModel(String name) throws InterruptedException {
    return http.get("/engines/v1/models/" + name, "");
  }

  @Override
  public void pull(String name, Consumer<ProgressEvent> progress) throws InterruptedException {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("from", name);
    if (ModelReference.parse(name).huggingFace()) {
      variable(environment, "HF_TOKEN").ifPresent(token -> body.put("bearer-token", token));
    }
    follow(http.post("/models/create", "", body), progress);
  }

  @Override
  public void push(String name, Consumer<ProgressEvent> progress) throws InterruptedException {
    follow(http.post(MODELS + name + "/push", "", JsonNodeFactory.instance.objectNode()), progress);
  }

  @Override
  public void tag(String source, String target) throws InterruptedException {
    int colon = target.lastIndexOf(':');
    boolean tagged = colon > target.lastIndexOf('/');
    String query =
        "repo=%s&tag=%s"
            .formatted(
                encoded(tagged ? target.substring(0, colon) : target),
                encoded(tagged ? target.substring(colon + 1) : "latest"));
    drain(http.post(MODELS + source + "/tag", query, JsonNodeFactory.instance.objectNode()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// Makes a model of another one, with another context size.
  ///
  /// @return its id, or its name where the runner does not tell
  public String repackage(String source, String target, int contextSize)
      throws InterruptedException {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("target", target)
            .put("context_size", contextSize);
    drain(http.post(MODELS + source + "/repackage", "", body));
    String id = model(target, false).path("id").asText(target);
    return id.startsWith("sha256:") ? id.substring("sha256:".length()).substring(0, 12) : id;
  }

  @Override
  public List<String> remove(String name, boolean force) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    RunnerHttp.json(http.delete(MODELS + name, "force=" + force))
        .forEach(each ->
            each.properties()
                .forEach(done -> lines.add(done.getKey() + ": " + done.getValue().asText())));
    return lines;
  }

  @Override
  public void purge() throws InterruptedException {
    drain(http.delete("/models/purge", ""));
  }

  @Override
  public String load(InputStream tar, Optional<String> tag) throws InterruptedException {
    List<String> before = ids();
    List<ProgressEvent> ends = new ArrayList<>();
    follow(
        http.post("/models/load", "", "application/x-tar", BodyPublishers.ofInputStream(() -> tar)),
        ends::add);
    List<String> added = new ArrayList<>(ids());
    added.removeAll(before);
    String id = added.isEmpty() ? "a model that was there already" : added.getFirst();
    if (tag.isPresent()) {
      if (added.isEmpty()) {
        throw new RunnerException(
            0,
            "the archive's model was there already; name it with 'jmr tag ID " + tag.get() + "'");
      }
      tag(id, tag.get());
    }
    return tag.orElse(id);
  }

  private List<String> ids() throws InterruptedException {
    List<String> ids = new ArrayList<>();
    models().forEach(model -> ids.add(model.path("id").asText()));
    return ids;
  }

  @Override
  public long byteSize(String name) throws InterruptedException {
    return HumanSize.bytes(model(name, false).path("config").path("size").asText(""));
  }

  @Override
  public void export(String name, OutputStream tar) throws InterruptedException {
    try (InputStream in = http.stream(MODELS + name + "/export", "", "application/x-tar")) {
      in.transferTo(tar);
    } catch (IOException e) {
      throw RunnerHttp.broken(e);
    }
  }

  @Override
  public JsonNode diskUsage() throws InterruptedException {
    return http.get("/engines/df", "");
  }

  /// What is loaded, as `GET /engines/ps` has it.
  public JsonNode running() throws InterruptedException {
    return http.get("/engines/ps", "");
  }

  /// The state of each engine, as `GET /engines/status` has it.
  public JsonNode status() throws InterruptedException {
    return http.get("/engines/status", "");
  }

  /// The runner's version.
  public String version() throws InterruptedException {
    return http.get("/version", "").path("version").asText("unknown");
  }

  /// Unloads models.
  ///
  /// @param backend empty for any
  /// @return how many
  public int unload(boolean all, String backend, List<String> models) throws InterruptedException {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("all", all).put("backend", backend);
    models.forEach(body.putArray("models")::add);
    return RunnerHttp.json(http.post("/engines/unload", "", body)).path("unloaded_runners").asInt();
  }

  @Override
  public void configure(JsonNode body) throws InterruptedException {
    drain(http.post("/engines/_configure", "", body));
  }

  /// Sets how a model is run by one of the engines.
  public void configure(JsonNode body, String backend) throws InterruptedException {
    drain(http.post("/engines/" + backend + "/_configure", "", body));
  }

  @Override
  public JsonNode configurations(Optional<String> model) throws InterruptedException {
    return http.get("/engines/_configure", model.map(name -> "model=" + encoded(name)).orElse(""));
  }

  /// Loads a model without asking it anything.
  public void preload(String model) throws InterruptedException {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("model", model);
    try (InputStream answer = http.preload("/engines/v1/completions", body)) {
      answer.readAllBytes();
    } catch (IOException e) {
      throw RunnerHttp.broken(e);
    }
  }

  /// The log, which may go on; the caller closes it.
  public InputStream logs(boolean follow, boolean withoutEngines) throws InterruptedException {
    String query = "follow=%b&no-engines=%b".formatted(follow, withoutEngines);
    return http.stream("/logs", query, "text/plain");
  }

  /// The last requests, as `GET /engines/requests` has them.
  ///
  /// @param model empty for all
  public JsonNode requests(Optional<String> model) throws InterruptedException {
    return http.get("/engines/requests", model.map(name -> "model=" + encoded(name)).orElse(""));
  }

  /// Requests as they come: server-sent events; the caller closes it.
  public InputStream followRequests(Optional<String> model, boolean existing)
      throws InterruptedException {
    String query =
        model.map(name -> "model=" + encoded(name) + "&").orElse("")
            + "include_existing="
            + existing;
    return http.stream("/engines/requests", query, "text/event-stream");
  }

  /// Reads a progress stream to its end.
  private static void follow(InputStream stream, Consumer<ProgressEvent> progress) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isBlank()) {
          continue;
        }
        ProgressEvent event = event(line);
        if (event.type() == ProgressEvent.Type.ERROR) {
          String message = event.message();
          throw new RunnerException(
              0, message.startsWith("Error: ") ? message.substring("Error: ".length()) : message);
        }
        progress.accept(event);
      }
    } catch (IOException e) {
      throw RunnerHttp.broken(e);
    }
  }

  private static ProgressEvent event(String line) {
    JsonNode root;
    try {
      root = JSON.readTree(line);
    } catch (JacksonException _) {
      throw new RunnerException(0, line.strip());
    }
    JsonNode layer = root.path("layer");
    String id = layer.path("id").asText("");
    Optional<ProgressEvent.Layer> about =
        Digest.tryParse(id).isPresent()
            ? Optional.of(
                new ProgressEvent.Layer(
                    Digest.parse(id), layer.path("size").asLong(), layer.path("current").asLong()))
            : Optional.empty();
    ProgressEvent.Type type =
        switch (root.path("type").asText()) {
          case "success" -> ProgressEvent.Type.SUCCESS;
          case "warning" -> ProgressEvent.Type.WARNING;
          case "error" -> ProgressEvent.Type.ERROR;
          default -> ProgressEvent.Type.PROGRESS;
        };
    ProgressEvent.Mode mode =
        root.path("mode").asText().equals("push")
            ? ProgressEvent.Mode.PUSH
            : ProgressEvent.Mode.PULL;
    return new ProgressEvent(
        type, root.path("message").asText(), root.path("total").asLong(), about, mode);
  }

  private static void drain(InputStream answer) {
    try (answer) {
      answer.readAllBytes();
    } catch (IOException e) {
      throw RunnerHttp.broken(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
