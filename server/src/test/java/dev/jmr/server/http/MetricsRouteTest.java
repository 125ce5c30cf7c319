package dev.jmr.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class MetricsRouteTest {
  private static final TestServer SERVER = TestServer.start();
  private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\"";
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(" + LABEL + "(?:," + LABEL + ")*)\\})? (\\S+)");
  private static final Pattern META =
      Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");

  @AfterAll
  static void close() {
    SERVER.close();
  }

  private static Map<String, Double> metrics() throws Exception {
    var response = SERVER.get("/metrics");
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    return parse(response.body());
  }

  /// Samples by name and labels, in order; refuses what is no Prometheus text.
  private static Map<String, Double> parse(String text) {
    assertThat(text).endsWith("\n");
    Map<String, String> types = new HashMap<>();
    Map<String, Double> samples = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      Matcher meta = META.matcher(line);
      if (meta.matches() && meta.group(1).equals("TYPE")) {
        assertThat(meta.group(3)).isIn("counter", "gauge", "histogram");
        assertThat(types.put(meta.group(2), meta.group(3))).as(line).isNull();
      } else if (!line.startsWith("#")) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        String name = sample.group(1);
        String family = name.replaceFirst("_(bucket|sum|count)$", "");
        assertThat(types.containsKey(name) || "histogram".equals(types.get(family)))
            .as(line)
            .isTrue();
        String key = sample.group(2) == null ? name : name + "{" + sample.group(2) + "}";
        assertThat(samples.put(key, Double.parseDouble(sample.group(3)))).as(line).isNull();
      }
    }
    return samples;
  }

  @Test
  void saysWhatModelsDidAndHowLongItTook() throws Exception {
    SERVER.post(
        "/v1/chat/completions",
        "{\"model\":\"tinyq-llama-Q4_K_M\",\"ignore_eos\":true,\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
    Map<String, Double> samples = metrics();
    String labels = "backend=\"local\",model=\"tinyq-llama-Q4_K_M\",mode=\"completion\"";
    for (String name :
        List.of(
            "llamacpp:prompt_tokens_total",
            "llamacpp:prompt_seconds_total",
            "llamacpp:tokens_predicted_seconds_total",
            "llamacpp:prompt_tokens_seconds",
            "llamacpp:predicted_tokens_seconds",
            "llamacpp:n_decode_total",
            "llamacpp:n_busy_slots_per_decode",
            "llamacpp:n_tokens_max",
            "jmr:kv_cache_pages",
            "jmr:model_memory_bytes")) {
      assertThat(samples.get(name + "{" + labels + "}")).as(name).isPositive();
    }
    assertThat(samples)
        .containsEntry("llamacpp:tokens_predicted_total{" + labels + "}", 9.0)
        .containsEntry("llamacpp:requests_deferred{" + labels + "}", 0.0)
        .containsEntry("jmr:time_to_first_token_seconds_count{" + labels + "}", 1.0)
        .containsEntry("jmr:inter_token_latency_seconds_count{" + labels + "}", 8.0)
        .containsEntry("jmr:inter_token_latency_seconds_bucket{" + labels + ",le=\"+Inf\"}", 8.0);
    List<Double> buckets =
        samples.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("jmr:inter_token_latency_seconds_bucket"))
            .map(Map.Entry::getValue)
            .toList();
    assertThat(buckets).isSorted().endsWith(8.0);
  }

  @Test
  void isNotThereWhereItIsNotWanted() throws Exception {
    ServerOptions options =
        ServerOptions.of(Map.of("DISABLE_METRICS", "'1'")).withLogs(Optional.empty());
    assertThat(ServerOptions.of(Map.of("DISABLE_METRICS", "0")).metrics()).isTrue();
    try (TestServer server = TestServer.start(options)) {
      assertThat(server.get("/metrics").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void countsAnswersByRouteAndStatus() throws Exception {
    String route =
        "jmr:http_requests_total{route=\"/v1/models/{+name}\",method=\"GET\",status=\"404\"}";
    double before = metrics().getOrDefault(route, 0.0);
    SERVER.get("/v1/models/a/b");
    SERVER.get("/v1/models/c");
    SERVER.get("/nowhere/" + "x".repeat(100));
    Map<String, Double> samples = metrics();
    assertThat(samples).containsEntry(route, before + 2);
    assertThat(samples.keySet()).noneMatch(key -> key.contains("xxx"));
  }
}
