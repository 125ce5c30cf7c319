package dev.jmr.server.http;

import dev.jmr.runtime.EngineStats;
import dev.jmr.server.manager.LoadedStatus;
import dev.jmr.server.manager.ModelManager;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// `GET /metrics`: what the loaded models do, as Prometheus reads it, by llama.cpp's names where it has one.
final class MetricsRoute {
  private static final List<Metric> METRICS =
      List.of(
          counter(
              "llamacpp:prompt_tokens_total",
              "Tokens of prompts that were computed",
              EngineStats::promptTokens),
          counter(
              "llamacpp:tokens_predicted_total", "Tokens of answers", EngineStats::generatedTokens),
          counter("llamacpp:n_decode_total", "Batches that were run", EngineStats::steps),
          gauge("llamacpp:requests_processing", "Requests that are answered", EngineStats::running),
          gauge("llamacpp:requests_deferred", "Requests that wait", EngineStats::waiting),
          gauge("llamacpp:kv_cache_usage_ratio", "Pages of the cache in use", MetricsRoute::usage),
          gauge("jmr:batch_tokens", "Tokens of the last batch", EngineStats::batchTokens),
          gauge("jmr:cached_pages", "Pages kept for prompts to come", EngineStats::cachedPages),
          counter(
              "jmr:cached_prompt_tokens_total",
              "Tokens of prompts that were known",
              EngineStats::cachedTokens),
          counter("jmr:preemptions_total", "Requests that gave way", EngineStats::preemptions));

  private final ModelManager models;

  MetricsRoute(ModelManager models) {
    this.models = models;
  }

  private record Metric(
      String name, String type, String help, ToDoubleFunction<EngineStats> value) {}

  private static Metric counter(String name, String help, ToDoubleFunction<EngineStats> value) {
    return new Metric(name, "counter", help, value);
  }

  private static Metric gauge(String name, String help, ToDoubleFunction<EngineStats> value) {
    return new Metric(name, "gauge", help, value);
  }

  private static double usage(EngineStats stats) {
    return stats.pages() == 0 ? 0 : stats.usedPages() / (double) stats.pages();
  }

  void handle(ServerRequest request, ServerResponse response) {
    List<LoadedStatus> loaded =
        models.loaded().stream().filter(status -> !status.loading()).toList();
    StringBuilder text = new StringBuilder();
    if (loaded.isEmpty()) {
      text.append("# No active runners\n");
    } else {
      METRICS.forEach(metric -> write(metric, loaded, text));
    }
    response.header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    response.send(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void write(Metric metric, List<LoadedStatus> loaded, StringBuilder text) {
    text.append("# HELP ").append(metric.name()).append(' ').append(metric.help()).append('\n');
    text.append("# TYPE ").append(metric.name()).append(' ').append(metric.type()).append('\n');
    for (LoadedStatus status : loaded) {
      double value = metric.value().applyAsDouble(status.engine().orElseThrow().stats());
      text.append(metric.name())
          .append("{backend=\"")
          .append(escaped(status.engineName()))
          .append("\",model=\"")
          .append(escaped(status.model().name()))
          .append("\",mode=\"")
          .append(status.mode().text())
          .append("\"} ")
          .append(value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value))
          .append('\n');
    }
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
