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
import java.util.concurrent.ExecutionException;
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
                TestServer.tinyModels(engine -> engine.withQueueCapacity(QUEUE)));
        HttpClient client = HttpClient.newHttpClient();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      server.post("/v1/chat/completions", body(0));
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
      assertThat(refused(responses)).isPositive();
      while (busy(server)) {
        Thread.onSpinWait();
      }
      assertThat(Json.read(server.get("/engines/requests").body()).at("/0/count").intValue())
          .isEqualTo(10);
      assertThat(server.post("/v1/chat/completions", body(1)).statusCode()).isEqualTo(200);
    }
  }

  /// Whether anything of any request is left.
  private static boolean busy(TestServer server) {
    LoadedStatus model = server.models().loaded().getFirst();
    EngineStats stats = model.engine().orElseThrow().stats();
    return model.leases() + stats.running() + stats.waiting() + stats.usedPages() > 0;
  }

  private static int refused(List<Future<HttpResponse<String>>> responses)
      throws InterruptedException, ExecutionException {
    int refused = 0;
    for (Future<HttpResponse<String>> future : responses) {
      HttpResponse<String> response = future.get();
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
