package dev.jmr.server.llamaserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;

/// Stands in for llama.cpp's server in a process of its own: answers its routes with made-up text, whose tokens are bytes,
/// and does on demand what a real one should not. A prompt that holds `CRASH` ends the process, `HANG` is never answered,
/// `SLOW` takes time for every token, `THINK` is thought about first, `DIE` ends the process before it begins, once.
final class FakeLlamaServer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ABC = "abcdefghijklmnopqrstuvwxyz ";
  private static final int SLOW_MILLIS = 20;

  private final Map<String, String> arguments = new TreeMap<>();
  private final long start = System.nanoTime();

  private FakeLlamaServer(String[] given) {
    for (int i = 0; i < given.length; i++) {
      boolean value = i + 1 < given.length && !given[i + 1].startsWith("-");
      arguments.put(given[i], value ? given[++i] : "");
    }
  }

  public static void main(String[] arguments) throws IOException {
    new FakeLlamaServer(arguments).serve();
  }

  private void serve() throws IOException {
    System.out.println("fake llama-server " + arguments);
    if (arguments.containsKey("--fake-fail")) {
      System.err.println("error: unknown model architecture: 'future'");
      System.exit(1);
    }
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), number("--port", 0)), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  private int number(String name, int otherwise) {
    return Integer.parseInt(arguments.getOrDefault(name, Integer.toString(otherwise)));
  }

  private int context() {
    return number("--ctx-size", 4096) / number("--parallel", 1);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.equals("/health")) {
        long age = (System.nanoTime() - start) / 1_000_000;
        boolean ready = age > number("--fake-load-millis", 0);
        send(exchange, ready ? 200 : 503, JSON.createObjectNode().put("status", ready));
        return;
      }
      String key = "Bearer " + System.getenv("LLAMA_API_KEY");
      if (!key.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        fail(exchange, 401, "authentication_error", "Invalid API Key");
        return;
      }
      byte[] bytes = exchange.getRequestBody().readAllBytes();
      JsonNode body = bytes.length == 0 ? JSON.createObjectNode() : JSON.readTree(bytes);
      route(exchange, path, body);
    }
  }

  private void route(HttpExchange exchange, String path, JsonNode body) throws IOException {
    switch (path) {
      case "/props" -> send(exchange, 200, properties());
      case "/tokenize" -> send(exchange, 200, tokenized(body));
      case "/detokenize" -> {
        String text = text(body.path("tokens"));
        send(exchange, 200, JSON.createObjectNode().put("content", text));
      }
      case "/apply-template" ->
          send(exchange, 200, JSON.createObjectNode().put("prompt", template(body)));
      case "/embedding" -> send(exchange, 200, embeddings(body));
      case "/rerank" -> send(exchange, 200, ranking(body));
      case "/completion" -> {
        JsonNode prompt = body.path("prompt");
        stream(exchange, body, prompt.isArray() ? text(prompt) : prompt.asText(), false);
      }
      case "/v1/chat/completions" -> stream(exchange, body, template(body), true);
      default -> fail(exchange, 404, "not_found_error", "File Not Found");
    }
  }

  private ObjectNode properties() {
    ObjectNode properties = JSON.createObjectNode().put("build_info", "fake");
    properties.put("chat_template", "{{ messages }}");
    properties.putObject("default_generation_settings").put("n_ctx", context());
    return properties;
  }

  private static ObjectNode tokenized(JsonNode body) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode tokens = answer.putArray("tokens");
    if (body.path("add_special").asBoolean()) {
      tokens.add(1);
    }
    for (byte each : body.path("content").asText().getBytes(StandardCharsets.UTF_8)) {
      tokens.add(each & 0xFF);
    }
    return answer;
  }

  private static String text(JsonNode tokens) {
    byte[] bytes = new byte[tokens.size()];
    int count = 0;
    for (JsonNode token : tokens) {
      if (token.asInt() > 1) {
        bytes[count++] = (byte) token.asInt();
      }
    }
    return new String(bytes, 0, count, StandardCharsets.UTF_8);
  }

  private static String template(JsonNode body) {
    StringBuilder prompt = new StringBuilder();
    for (JsonNode message : body.path("messages")) {
      prompt.append(message.path("role").asText()).append(": ");
      prompt.append(message.path("content").asText()).append('\n');
    }
    return prompt.append("assistant: ").toString();
  }

  private ArrayNode embeddings(JsonNode body) {
    ArrayNode all = JSON.createArrayNode();
    int index = 0;
    for (JsonNode ids : body.path("content")) {
      ObjectNode item = all.addObject().put("index", index++);
      ArrayNode vector = item.putArray("embedding").addArray();
      for (int i = 0; i < number("--fake-embedding-length", 8); i++) {
        vector.add(1 + ids.path(i % ids.size()).asInt());
      }
    }
    return all;
  }

  private static ObjectNode ranking(JsonNode body) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode results = answer.putArray("results");
    for (int i = 0; i < body.path("documents").size(); i++) {
      boolean fits = body.path("documents").get(i).asText().contains(body.path("query").asText());
      results.addObject().put("index", i).put("relevance_score", fits ? 1.5 : -1.5);
    }
    return answer;
  }

  private void stream(HttpExchange exchange, JsonNode body, String prompt, boolean chat)
      throws IOException {
    if (prompt.length() + 1 >= context()) {
      ObjectNode error = error(400, "exceed_context_size_error", "too long");
      error.put("n_prompt_tokens", prompt.length() + 1).put("n_ctx", context());
      send(exchange, 400, JSON.createObjectNode().set("error", error));
      return;
    }
    if (prompt.contains("DIE") && !Files.exists(Path.of(arguments.get("--fake-marker")))) {
      Files.createFile(Path.of(arguments.get("--fake-marker")));
      Runtime.getRuntime().halt(137);
    }
    if (prompt.contains("HANG")) {
      sleep(Integer.MAX_VALUE);
    }
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      new Answer(out, body, prompt, chat).write();
    }
  }

  /// One answer on its way.
  private final class Answer {
    private final OutputStream out;
    private final JsonNode body;
    private final String prompt;
    private final boolean chat;
    private int count;

    Answer(OutputStream out, JsonNode body, String prompt, boolean chat) {
      this.out = out;
      this.body = body;
      this.prompt = prompt;
      this.chat = chat;
    }

    void write() throws IOException {
      ObjectNode progress = chunk("", true);
      progress.putObject("prompt_progress").put("total", prompt.length() + 1).put("cache", 0);
      progress.withObjectProperty("prompt_progress").put("processed", prompt.length() + 1);
      send(progress);
      if (prompt.contains("THINK")) {
        send(delta("reasoning_content", "let me see"));
      }
      if (!body.path("tools").isEmpty() && !body.path("tool_choice").asText().equals("none")) {
        call();
        return;
      }
      String whole = wanted();
      String stop = "";
      for (JsonNode each : body.path("stop")) {
        if (whole.contains(each.asText())) {
          stop = each.asText();
          whole = whole.substring(0, whole.indexOf(stop));
        }
      }
      for (int i = 0; i < whole.length(); i++) {
        step(i);
        send(chunk(whole.substring(i, i + 1), false));
      }
      boolean cut = stop.isEmpty() && !body.has("grammar");
      end(cut ? "length" : "stop", stop);
    }

    /// The alphabet from where the prompt says on, or the first word of a grammar.
    private String wanted() {
      String grammar = body.path("grammar").asText();
      if (!grammar.isEmpty()) {
        return grammar.split("\"", -1)[1];
      }
      int room = context() - prompt.length() - 1;
      int length = Math.min(room, body.path("n_predict").asInt(room));
      int from = Math.floorMod(prompt.hashCode(), ABC.length());
      return ABC.repeat(length / ABC.length() + 2).substring(from, from + length);
    }

    private void step(int index) {
      count = index + 1;
      if (prompt.contains("SLOW")) {
        sleep(SLOW_MILLIS);
      }
      if (prompt.contains("CRASH") && index == 3) {
        System.err.println("GGML_ASSERT(told to crash) failed");
        Runtime.getRuntime().halt(134);
      }
    }

    private void call() throws IOException {
      for (JsonNode tool : body.path("tools")) {
        count += 2;
        ObjectNode begin = delta("content", "");
        ObjectNode call = (ObjectNode) begin.at("/choices/0/delta");
        ObjectNode piece = call.putArray("tool_calls").addObject().put("index", count / 2 - 1);
        piece.put("id", "id" + count).put("type", "function");
        piece
            .putObject("function")
            .put("name", tool.at("/function/name").asText())
            .put("arguments", "{\"a\":");
        send(begin);
        ObjectNode rest = delta("content", "");
        ((ObjectNode) rest.at("/choices/0/delta"))
            .putArray("tool_calls")
            .addObject()
            .put("index", count / 2 - 1)
            .putObject("function")
            .put("arguments", "1}");
        send(rest);
      }
      end("tool_calls", "");
    }

    private void end(String reason, String stop) throws IOException {
      if (chat) {
        ObjectNode last = delta("content", "");
        ((ObjectNode) last.at("/choices/0")).put("finish_reason", reason);
        send(last);
        ObjectNode usage = JSON.createObjectNode();
        usage.putArray("choices");
        usage
            .putObject("usage")
            .put("prompt_tokens", prompt.length() + 1)
            .put("completion_tokens", count);
        send(usage);
        out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
      } else {
        ObjectNode last = chunk("", true).put("stop", true);
        last.put("stop_type", stop.isEmpty() ? "limit" : "word").put("stopping_word", stop);
        last.put("tokens_evaluated", prompt.length() + 1).put("tokens_predicted", count);
        send(last);
      }
    }

    private ObjectNode delta(String name, String text) {
      ObjectNode chunk = JSON.createObjectNode();
      ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
      choice.putNull("finish_reason");
      choice.putObject("delta").put(name, text);
      timings(chunk);
      return chunk;
    }

    private ObjectNode chunk(String text, boolean silent) {
      ObjectNode chunk = chat ? delta("content", text) : JSON.createObjectNode();
      timings(chunk);
      if (!chat) {
        chunk.put("content", text).put("stop", false);
      }
      if (!silent && body.path("n_probs").asInt() > 0) {
        chunk.set("completion_probabilities", logprobs(text));
      }
      if (!silent && body.path("logprobs").asBoolean()) {
        ObjectNode choice = (ObjectNode) chunk.at("/choices/0");
        choice.putObject("logprobs").set("content", logprobs(text));
      }
      return chunk;
    }

    private void timings(ObjectNode chunk) {
      ObjectNode timings = chunk.putObject("timings").put("cache_n", 0);
      timings.put("prompt_n", prompt.length() + 1).put("predicted_n", count);
      timings.put("prompt_ms", 1.5).put("predicted_ms", 0.5 * count);
    }

    private ArrayNode logprobs(String text) {
      ArrayNode list = JSON.createArrayNode();
      ObjectNode token = logprob(text);
      list.add(token);
      int top = Math.max(body.path("n_probs").asInt(), body.path("top_logprobs").asInt());
      ArrayNode others = token.putArray("top_logprobs");
      for (int i = 0; i < top; i++) {
        others.add(logprob(text));
      }
      return list;
    }

    private static ObjectNode logprob(String text) {
      ObjectNode token = JSON.createObjectNode().put("id", (int) text.charAt(0));
      token.put("token", text).put("logprob", -0.5);
      token.putArray("bytes").add((int) text.charAt(0));
      return token;
    }

    private void send(ObjectNode chunk) throws IOException {
      out.write(("data: " + chunk + "\n\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }

  private static ObjectNode error(int code, String type, String message) {
    return JSON.createObjectNode().put("code", code).put("type", type).put("message", message);
  }

  private static void fail(HttpExchange exchange, int code, String type, String message)
      throws IOException {
    send(exchange, code, JSON.createObjectNode().set("error", error(code, type, message)));
  }

  private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static List<Class<?>> needs() {
    return List.of(
        ObjectMapper.class,
        com.fasterxml.jackson.core.JsonFactory.class,
        com.fasterxml.jackson.annotation.JsonInclude.class);
  }
}
