package dev.jmr.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.server.log.LogOptions;
import dev.jmr.server.log.ServerLog;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class LogsRouteTest {
  private static final String CHAT =
      "{\"model\":\"tinyq-llama-Q4_K_M\",\"max_tokens\":2,\"messages\":[{\"role\":\"user\",\"content\":\"secret word\"}]}";

  @TempDir private Path folder;

  private TestServer start() {
    return TestServer.start(
        ServerOptions.defaults()
            .withLogs(Optional.of(new LogOptions(folder, ServerLog.Level.INFO))));
  }

  @Test
  void tellsWhatHappenedToModelsAndNothingOfWhatTheyWereAsked() throws Exception {
    try (TestServer server = start()) {
      server.post("/v1/chat/completions", CHAT);
      server.models().unload(_ -> true);
      HttpResponse<String> logs = server.get("/logs?no-engines=true");
      assertThat(logs.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
      assertThat(logs.body().lines())
          .allMatch(line -> line.matches("\\[\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z\\] INFO .*"))
          .anyMatch(line -> line.contains("listens on http://127.0.0.1:"))
          .anyMatch(line -> line.contains("model 'tinyq-llama-Q4_K_M' was loaded: "))
          .anyMatch(line -> line.endsWith("model 'tinyq-llama-Q4_K_M' was unloaded"))
          .noneMatch(line -> line.contains("secret"));
    }
  }

  @Test
  void goesOnWithLinesThatAreYetToCome() throws Exception {
    try (TestServer server = start();
        HttpClient client = HttpClient.newHttpClient();
        InputStream body =
            client
                .send(server.request("/logs?follow=true").build(), BodyHandlers.ofInputStream())
                .body();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).contains("listens on");
      server.post("/v1/chat/completions", CHAT);
      assertThat(lines.readLine()).contains("model 'tinyq-llama-Q4_K_M' is being loaded");
    }
  }

  @Test
  void refusesWhatItCannotDo() throws Exception {
    try (TestServer server = start();
        TestServer without = TestServer.start()) {
      HttpResponse<String> wrong = server.get("/logs?follow=maybe");
      assertThat(wrong.statusCode()).isEqualTo(400);
      assertThat(wrong.body()).startsWith("invalid follow parameter: ");
      assertThat(without.get("/logs").statusCode()).isEqualTo(501);
    }
  }
}
