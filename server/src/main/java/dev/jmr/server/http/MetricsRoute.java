package dev.jmr.server.http;

import dev.jmr.runtime.AnswerTimes;
import dev.jmr.runtime.EngineStats;
import dev.jmr.runtime.Latencies;
import dev.jmr.runtime.MemoryNeed;
import dev.jmr.server.manager.LoadedStatus;
import dev.jmr.server.manager.ModelManager;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
              "llamacpp:prompt_seconds_total",
              "Time that prompts took, of all answers together",
              stats -> stats.times().promptSeconds()),
          counter(
              "llamacpp:tokens_predicted_total", "Tokens of answers", EngineStats::generatedTokens),
          counter(
              "llamacpp:tokens_predicted_seconds_total",
              "Time that answers took after their first token, of all together",
              stats -> stats.times().generationSeconds()),
          gauge(
              "llamacpp:prompt_tokens_seconds",
              "Tokens of prompts in a second, on average",
              stats -> rate(stats.promptTokens(), stats.times().promptSeconds())),
          gauge(
              "llamacpp:predicted_tokens_seconds",
              "Tokens of one answer in a second, on average",
              stats -> rate(stats.generatedTokens(), stats.times().generationSeconds())),
          counter("llamacpp:n_decode_total", "Batches that were run", EngineStats::steps),
          gauge(
              "llamacpp:n_busy_slots_per_decode",
              "Answers in a batch, on average",
              stats -> rate(stats.times().sequences(), stats.steps())),
          gauge(
              "llamacpp:n_tokens_max",
              "Tokens of prompt and answer of the longest one",
              stats -> stats.times().longestTokens()),
          gauge("llamacpp:requests_processing", "Requests that are answered", EngineStats::running),
          gauge("llamacpp:requests_deferred", "Requests that wait", EngineStats::waiting),
          gauge("llamacpp:kv_cache_usage_ratio", "Pages of the cache in use", MetricsRoute::usage),
          gauge("jmr:kv_cache_pages", "Pages of the cache", EngineStats::pages),
          gauge("jmr:batch_tokens", "Tokens of the last batch", EngineStats::batchTokens),
          gauge("jmr:cached_pages", "Pages kept for prompts to come", EngineStats::cachedPages),
          counter(
              "jmr:cached_prompt_tokens_total",
              "Tokens of prompts that were known",
              EngineStats::cachedTokens),
          counter("jmr:preemptions_total", "Requests that gave way", EngineStats::preemptions));

  private final ModelManager models;
  private final RequestCounter requests;

  MetricsRoute(ModelManager models, RequestCounter requests) {
    this.models = models;
    this.requests = requests;
  }

  private record Metric(
      String name, String type, String help, ToDoubleFunction<EngineStats> value) {}

  /// What one model did, all of it at the same time.
  private record Model(Map<String, String> labels, LoadedStatus status, EngineStats stats) {}

  private static Metric counter(String name, String help, ToDoubleFunction<EngineStats> value) {
    return new Metric(name, "counter", help, value);
  }

  private static Metric gauge(String name, String help, ToDoubleFunction<EngineStats> value) {
    return new Metric(name, "gauge", help, value);
  }

  private static double usage(EngineStats stats) {
    return rate(stats.usedPages(), stats.pages());
  }

  private static double rate(Number count, Number of) {
    return of.doubleValue() <= 0 ? 0 : count.doubleValue() / of.doubleValue();
  }

  void handle(ServerRequest request, ServerResponse response) {
    List<Model> loaded =
        models.loaded().stream()
            .filter(status -> !status.loading())
            .map(MetricsRoute::model)
            .toList();
    PrometheusText text = new PrometheusText();
    if (loaded.isEmpty()) {
      text.comment("No active runners");
    } else {
      METRICS.forEach(metric -> write(metric, loaded, text));
      write(
          "jmr:time_to_first_token_seconds",
          "From a request to the first token of its answer",
          AnswerTimes::firstToken,
          loaded,
          text);
      write(
          "jmr:inter_token_latency_seconds",
          "From a token of an answer to the next",
          AnswerTimes::betweenTokens,
          loaded,
          text);
      text.family("jmr:model_memory_bytes", "gauge", "Memory that a model takes, by estimate");
      for (Model model : loaded) {
        text.sample(
            "jmr:model_memory_bytes",
            model.labels(),
            model.status().need().map(MemoryNeed::totalBytes).orElse(0L));
      }
    }
    text.family("jmr:memory_budget_bytes", "gauge", "Memory that all models may take");
    text.sample("jmr:memory_budget_bytes", Map.of(), models.memoryBudget());
    requests.writeTo(text);
    response.header(HeaderNames.CONTENT_TYPE, PrometheusText.MEDIA_TYPE);
    response.send(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Model model(LoadedStatus status) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("backend", status.engineName());
    labels.put("model", status.model().name());
    labels.put("mode", status.mode().text());
    return new Model(labels, status, status.engine().orElseThrow().stats());
  }

  private static void write(Metric metric, List<Model> loaded, PrometheusText text) {
    text.family(metric.name(), metric.type(), metric.help());
    for (Model model : loaded) {
      text.sample(metric.name(), model.labels(), metric.value().applyAsDouble(model.stats()));
    }
  }

  private static void write(
      String name,
      String help,
      Function<AnswerTimes, Latencies> which,
      List<Model> loaded,
      PrometheusText text) {
    text.family(name, "histogram", help);
    for (Model model : loaded) {
      text.histogram(name, model.labels(), which.apply(model.stats().times()));
    }
  }
}
