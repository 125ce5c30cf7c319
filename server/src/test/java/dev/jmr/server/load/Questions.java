package dev.jmr.server.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/// What users ask, and what the server answers when nobody else asks: the likeliest token each time.
final class Questions {
  private final LoadOptions options;
  private final List<String> answers = new ArrayList<>();

  private Questions(LoadOptions options) {
    this.options = options;
  }

  /// Asks each question alone.
  static Questions ask(HttpClient client, LoadOptions options, int count)
      throws IOException, InterruptedException {
    Questions questions = new Questions(options);
    for (int i = 0; i < count; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(options.chat())
              .POST(BodyPublishers.ofString(questions.body(i)))
              .build();
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      try (ChatReader reader = new ChatReader(response.body())) {
        questions.answers.add(reader.all());
      }
    }
    return questions;
  }

  int count() {
    return answers.size();
  }

  String answer(int index) {
    return answers.get(index);
  }

  /// Of different lengths, some of which begin alike.
  String body(int index) {
    String content = "tell us of %d".formatted(index % 4) + " and more".repeat(index);
    return "{\"model\":\"%s\",\"temperature\":0,\"max_tokens\":%d,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
        .formatted(options.model(), options.maxTokens(), content);
  }
}
