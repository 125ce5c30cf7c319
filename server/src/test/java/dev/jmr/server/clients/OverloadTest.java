package dev.jmr.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.Sleeper;
import com.openai.errors.RateLimitException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.jmr.runtime.EngineStats;
import dev.jmr.server.http.ServerOptions;
import dev.jmr.server.http.TestServer;
import dev.jmr.server.manager.Lease;
import dev.jmr.server.manager.Mode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// OpenAI's client for Java with a server that has too much to do: one answer at a time, and one that waits.
@Timeout(60)
final class OverloadTest {
  private static final String MODEL = "tiny-llama3-bpe";
  private final TestServer server =
      TestServer.start(
          ServerOptions.defaults(),
          TestServer.tinyModels(options -> options.withMaxSequences(1).withQueueCapacity(1)));
  private final HttpClient others = HttpClient.newHttpClient();
  private final List<Future<HttpResponse<String>>> asked = new ArrayList<>();
  private final Patience patience = new Patience();
  private final OpenAIClient hasty = client().maxRetries(0).build();
  private final OpenAIClient patient = client().maxRetries(1).sleeper(patience).build();

  @BeforeEach
  void fill() throws InterruptedException {
    try (Lease lease = server.models().lease(MODEL, Mode.COMPLETION, Optional.empty())) {
      ask();
      waitFor(lease, 1, 0);
      ask();
      waitFor(lease, 1, 1);
    }
  }

  @AfterEach
  void close() {
    asked.forEach(future -> future.cancel(true));
    others.shutdownNow();
    hasty.close();
    patient.close();
    server.close();
  }

  /// Somebody else, whose answer takes long.
  private void ask() {
    asked.add(
        others.sendAsync(
            server
                .request("/v1/completions")
                .POST(
                    BodyPublishers.ofString(
                        "{\"model\":\"%s\",\"prompt\":\"a\",\"stream\":true,\"ignore_eos\":true,\"max_tokens\":-1}"
                            .formatted(MODEL)))
                .build(),
            BodyHandlers.ofString()));
  }

  private static void waitFor(Lease lease, int running, int waiting) {
    EngineStats stats;
    do {
      Thread.onSpinWait();
      stats = lease.engine().stats();
    } while (stats.running() != running || stats.waiting() != waiting);
  }

  private OpenAIOkHttpClient.Builder client() {
    return OpenAIOkHttpClient.builder()
        .baseUrl("http://127.0.0.1:" + server.port() + "/v1")
        .apiKey("none");
  }

  private static ChatCompletionCreateParams question() {
    return ChatCompletionCreateParams.builder()
        .model(MODEL)
        .maxCompletionTokens(3)
        .addUserMessage("hi")
        .build();
  }

  @Test
  void saysThatItHasTooMuchToDo() {
    assertThatThrownBy(() -> hasty.chat().completions().create(question()))
        .isInstanceOfSatisfying(
            RateLimitException.class,
            e -> {
              assertThat(e.code()).contains("queue_full");
              assertThat(Integer.parseInt(e.headers().values("Retry-After").getFirst()))
                  .isPositive();
            });
  }

  /// Lets the others go instead of sleeping, and remembers for how long it should have slept.
  private final class Patience implements Sleeper {
    private final List<Duration> slept = new ArrayList<>();

    @Override
    public void sleep(Duration duration) {
      slept.add(duration);
      others.shutdownNow();
      while (server.models().loaded().stream().anyMatch(model -> model.leases() > 0)) {
        Thread.onSpinWait();
      }
    }

    @Override
    public CompletableFuture<Void> sleepAsync(Duration duration) {
      sleep(duration);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
      // Has nothing.
    }
  }

  @Test
  void answersAClientThatTriesAgainAfterTheTimeItWasTold() {
    assertThat(patient.chat().completions().create(question()).choices()).hasSize(1);
    assertThat(patience.slept).hasSize(1);
    assertThat(patience.slept.getFirst()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
  }
}
