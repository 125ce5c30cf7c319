package dev.jmr.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.server.http.Json;
import dev.jmr.server.http.TestServer;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many streams at the same time, some of which are left or make no sense: each is what it would be alone.
@Timeout(60)
final class ManyUsersTest {
  private static final String PATH = "/v1/chat/completions";
  private static final int USERS = 32;

  private static String body(int user) {
    return "{\"model\":\"tinyq-llama-Q4_K_M\",\"temperature\":0,\"max_tokens\":24,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"number %d\"}]}"
        .formatted(user % 8);
  }

  private static String text(TestServer server, int user) throws Exception {
    return server.events(PATH, body(user)).stream()
        .filter(data -> !data.equals("[DONE]"))
        .map(Json::read)
        .map(ManyUsersTest::content)
        .collect(Collectors.joining());
  }

  private static String content(JsonNode chunk) {
    assertThat(chunk.has("error")).as(chunk.toString()).isFalse();
    return chunk.at("/choices/0/delta/content").asText("");
  }

  @Test
  void everyStreamIsWhatItWouldBeAlone() throws Exception {
    try (TestServer server = TestServer.start();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<String> alone = new ArrayList<>();
      for (int user = 0; user < 8; user++) {
        alone.add(text(server, user));
      }
      Random random = new Random(7);
      List<Future<String>> streams = new ArrayList<>();
      for (int user = 0; user < USERS; user++) {
        int number = user;
        Callable<String> ask = () -> text(server, number);
        streams.add(threads.submit(ask));
        if (random.nextInt(3) == 0) {
          HttpResponse<String> bad = server.post(PATH, "{\"model\":\"tinyq-llama-Q4_K_M\"}");
          assertThat(bad.statusCode()).isEqualTo(400);
        }
      }
      for (int user = 0; user < USERS; user++) {
        assertThat(streams.get(user).get()).isEqualTo(alone.get(user % 8));
      }
      assertThat(server.models().loaded()).allMatch(model -> model.leases() == 0);
    }
  }
}
