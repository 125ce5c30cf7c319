package dev.jmr.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.runtime.EngineStats;
import dev.jmr.server.manager.LoadedStatus;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// More than it can take does the server no harm.
@Timeout(120)
final class OverloadTest {
  private static final int REQUESTS = 1000;

  /// Of the client, which has a socket for each: fewer than most systems allow.
  private static final int AT_ONCE = 400;

  private static final int QUEUE = 16;
  private static final int TOKENS = 24;

  /// Of memory, by a thousand requests; a leak of their bodies and answers alone would be as much.
  private static final long ALLOWED_GROWTH = 2L << 20;

  private static final int ALLOWED_THREADS = 16;
  private static final String MODEL = "tinyq-llama-Q4_K_M";

  private static String body(int number) {
    return "{\"model\":\"%s\",\"ignore_eos\":true,\"max_tokens\":%d,\"messages\":[{\"role\":\"user\",\"content\":\"number %d\"}]}"
        .formatted(MODEL, TOKENS, number);
  }

  @Test
  void answersAThousandRequestsWithAnswersOrWithWhenToComeAgain() throws Exception {
    try (TestServer server =
        TestServer.start(
            ServerOptions.defaults(),
            TestServer.tinyModels(engine -> engine.withQueueCapacity(QUEUE)))) {
      server.post("/v1/chat/completions", body(0));
      assertThat(refused(askAll(server))).isPositive();
      Footprint before = quiet(server, 0);
      assertThat(refused(askAll(server))).isPositive();
      Footprint after = quiet(server, before.heapBytes());
      assertThat(after.heapBytes() - before.heapBytes()).isLessThan(ALLOWED_GROWTH);
      assertThat(after.nativeBytes() - before.nativeBytes()).isLessThan(ALLOWED_GROWTH);
      assertThat(after.threads() - before.threads()).isLessThan(ALLOWED_THREADS);
      assertThat(Json.read(server.get("/engines/requests").body()).at("/0/count").intValue())
          .isEqualTo(10);
      assertThat(server.post("/v1/chat/completions", body(1)).statusCode()).isEqualTo(200);
    }
  }

  private static List<HttpResponse<String>> askAll(TestServer server) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Semaphore sockets = new Semaphore(AT_ONCE);
      List<Future<HttpResponse<String>>> responses = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        HttpRequest request =
            server.request("/v1/chat/completions").POST(BodyPublishers.ofString(body(i))).build();
        Callable<HttpResponse<String>> ask =
            () -> {
              sockets.acquire();
              try {
                return client.send(request, BodyHandlers.ofString());
              } finally {
                sockets.release();
              }
            };
        responses.add(threads.submit(ask));
      }
      List<HttpResponse<String>> all = new ArrayList<>();
      for (Future<HttpResponse<String>> response : responses) {
        all.add(response.get());
      }
      return all;
    }
  }

  /// What is taken when nothing of any request is left but what is kept for the next ones.
  private static Footprint quiet(TestServer server, long heapBytes) {
    while (busy(server)) {
      Thread.onSpinWait();
    }
    return Footprint.atRest(heapBytes);
  }

  /// Whether anything of any request is left.
  private static boolean busy(TestServer server) {
    LoadedStatus model = server.models().loaded().getFirst();
    EngineStats stats = model.engine().orElseThrow().stats();
    return model.leases() + stats.running() + stats.waiting() + stats.usedPages() > 0;
  }

  private static int refused(List<HttpResponse<String>> responses) {
    int refused = 0;
    for (HttpResponse<String> response : responses) {
      JsonNode body = Json.read(response.body());
      if (response.statusCode() == 429) {
        refused++;
        assertThat(Integer.parseInt(response.headers().firstValue("Retry-After").orElseThrow()))
            .isPositive();
        assertThat(body.at("/error/code").textValue()).isEqualTo("queue_full");
      } else {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(body.at("/usage/completion_tokens").intValue()).isEqualTo(TOKENS);
      }
    }
    return refused;
  }

  @Test
  void saysWhatAModelNeedsThatCanNeverFit() throws Exception {
    try (TestServer server =
        TestServer.start(ServerOptions.defaults(), TestServer.tinyModels(1 << 20))) {
      HttpResponse<String> response = server.post("/v1/chat/completions", body(0));
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.headers().firstValue("Retry-After")).isEmpty();
      assertThat(response.headers().firstValue("x-should-retry")).contains("false");
      JsonNode error = Json.read(response.body()).path("error");
      assertThat(error.path("code").textValue()).isEqualTo("insufficient_memory");
      assertThat(error.path("message").textValue())
          .matches(
              "model 'tinyq-llama-Q4_K_M': expected to find \\d+ MiB \\(weights \\d+ MiB, cache \\d+ MiB, workspace \\d+ MiB\\), got a budget of 1 MiB; use a smaller context or model");
    }
  }

  @Test
  void letsTheModelGoThatWasIdleTheLongest() throws Exception {
    long budget;
    String other = body(0).replace(MODEL, "tiny-llama3-bpe");
    try (TestServer server = TestServer.start()) {
      server.post("/v1/chat/completions", body(0));
      server.post("/v1/chat/completions", other);
      budget =
          server.models().loaded().stream()
              .mapToLong(model -> model.need().orElseThrow().totalBytes())
              .max()
              .orElseThrow();
    }
    try (TestServer server =
        TestServer.start(ServerOptions.defaults(), TestServer.tinyModels(budget))) {
      assertThat(server.post("/v1/chat/completions", body(0)).statusCode()).isEqualTo(200);
      while (busy(server)) {
        Thread.onSpinWait();
      }
      HttpResponse<String> second = server.post("/v1/chat/completions", other);
      assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
      assertThat(server.models().loaded())
          .singleElement()
          .satisfies(model -> assertThat(model.model().name()).isEqualTo("tiny-llama3-bpe"));
    }
  }
}
