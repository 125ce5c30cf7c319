package dev.jmr.server.load;

import dev.jmr.server.load.LoadReport.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// One user: asks, reads fast or slowly or leaves, and now and then asks for what makes no sense. For one thread.
final class LoadUser {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(150);
  private static final List<String> NONSENSE =
      List.of(
          "{\"model\": ",
          "[]",
          "{\"model\":\"ai/none\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
          "{\"model\":\"%s\"}",
          "{\"model\":\"%s\",\"messages\":[]}",
          "{\"model\":\"%s\",\"top_p\":7,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
          "{\"model\":\"%s\",\"stream\":true,\"response_format\":{\"type\":\"xml\"},\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");

  private final HttpClient client;
  private final LoadOptions options;
  private final Questions questions;
  private final LoadReport report;
  private final Random random;

  LoadUser(
      HttpClient client, LoadOptions options, Questions questions, LoadReport report, int number) {
    this.client = client;
    this.options = options;
    this.questions = questions;
    this.report = report;
    this.random = new Random(options.seed() * 31 + number);
  }

  /// Does something once; what should not be is reported, not thrown.
  void act() throws InterruptedException {
    int choice = random.nextInt(100);
    try {
      if (choice < 10) {
        askNonsense();
      } else {
        ask(choice);
      }
    } catch (IOException e) {
      report.problem(Outcome.FAILED, e.toString());
    }
  }

  private void ask(int choice) throws IOException, InterruptedException {
    int question = random.nextInt(questions.count());
    HttpResponse<InputStream> response = send(questions.body(question));
    if (response.statusCode() != 200) {
      refused(response);
      return;
    }
    try (ChatReader reader = new ChatReader(response.body())) {
      if (choice < 25) {
        leave(reader);
      } else if (choice < 30) {
        readSlowly(reader);
        compare(question, reader.all(), Outcome.SLOWLY_COMPLETE);
      } else {
        compare(question, reader.all(), Outcome.COMPLETE);
      }
    }
  }

  private HttpResponse<InputStream> send(String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(options.chat()).POST(BodyPublishers.ofString(body)).build();
    return client.send(request, BodyHandlers.ofInputStream());
  }

  private void leave(ChatReader reader) throws IOException {
    int chunks = random.nextInt(options.maxTokens());
    for (int i = 0; i < chunks; i++) {
      if (!reader.next()) {
        break;
      }
    }
    report.add(Outcome.CANCELLED);
  }

  private void readSlowly(ChatReader reader) throws IOException {
    for (int i = 0; i < 8 && reader.next(); i++) {
      LockSupport.parkNanos(random.nextLong(SLOW_NANOS));
    }
  }

  private void compare(int question, String answer, Outcome outcome) {
    if (answer.equals(questions.answer(question))) {
      report.add(outcome);
    } else {
      report.problem(
          Outcome.DIFFERENT,
          "question %d: expected '%s', got '%s'"
              .formatted(question, questions.answer(question), answer));
    }
  }

  private void refused(HttpResponse<InputStream> response) throws IOException {
    boolean later =
        response.statusCode() == 429 && response.headers().firstValue("Retry-After").isPresent();
    if (later) {
      report.add(Outcome.TOLD_TO_COME_LATER);
      response.body().close();
      LockSupport.parkNanos(PAUSE_NANOS);
    } else {
      report.problem(Outcome.FAILED, text(response));
    }
  }

  private void askNonsense() throws IOException, InterruptedException {
    String body = NONSENSE.get(random.nextInt(NONSENSE.size())).formatted(options.model());
    HttpResponse<InputStream> response = send(body);
    int status = response.statusCode();
    String text = text(response);
    if ((status == 400 || status == 404) && text.contains("\"error\"")) {
      report.add(Outcome.REFUSED_AS_WRONG);
    } else {
      report.problem(Outcome.FAILED, text);
    }
  }

  private static String text(HttpResponse<InputStream> response) throws IOException {
    try (InputStream body = response.body()) {
      return response.statusCode() + " " + new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
