package dev.jmr.server.load;

import dev.jmr.server.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/// How many tokens a second a server makes for several requests at once: `BASE_URL MODEL [REQUESTS …]`. Each prompt has 128
/// tokens of its own, each answer 64. Any server with OpenAI's API can be measured, as long as it takes prompts of token ids
/// and `ignore_eos`.
public final class ThroughputMain {
  private static final int PROMPT_TOKENS = 128;
  private static final int ANSWER_TOKENS = 64;
  private static final int VOCABULARY = 20_000;
  private static final Random RANDOM = new Random();

  private ThroughputMain() {}

  /// See [ThroughputMain].
  @SuppressWarnings("SystemOut") // It is a program.
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    URI uri = URI.create(args[0] + "/completions");
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      tokens(client, uri, args[1]);
      for (int i = 2; i < args.length; i++) {
        int requests = Integer.parseInt(args[i]);
        long start = System.nanoTime();
        List<Future<Integer>> answers = new ArrayList<>();
        for (int j = 0; j < requests; j++) {
          answers.add(threads.submit(() -> tokens(client, uri, args[1])));
        }
        int tokens = 0;
        for (Future<Integer> answer : answers) {
          tokens += answer.get();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.println(
            "%2d at once: %d tokens in %.2f s, %.2f tokens/s"
                .formatted(requests, tokens, seconds, tokens / seconds));
      }
    }
  }

  private static int tokens(HttpClient client, URI uri, String model)
      throws IOException, InterruptedException {
    String prompt =
        RANDOM
            .ints(PROMPT_TOKENS, 100, VOCABULARY)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(",", "[", "]"));
    String body =
        "{\"model\":\"%s\",\"prompt\":%s,\"max_tokens\":%d,\"temperature\":0,\"ignore_eos\":true}"
            .formatted(model, prompt, ANSWER_TOKENS);
    HttpRequest request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body)).build();
    String answer = client.send(request, BodyHandlers.ofString()).body();
    return Json.read(answer).at("/usage/completion_tokens").intValue();
  }
}
