package dev.jmr.server.load;

import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// All users at once.
final class LoadRun {
  private static final int QUESTIONS = 12;

  private final LoadOptions options;
  private final LoadReport report = new LoadReport();

  LoadRun(LoadOptions options) {
    this.options = options;
  }

  /// What has become of the requests so far.
  LoadReport report() {
    return report;
  }

  /// Lets users ask until the time is up and the last has an answer.
  void run() throws IOException, InterruptedException, ExecutionException {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Questions questions = Questions.ask(client, options, QUESTIONS);
      long end = System.nanoTime() + options.duration().toNanos();
      List<Future<?>> users = new ArrayList<>();
      for (int i = 0; i < options.users(); i++) {
        LoadUser user = new LoadUser(client, options, questions, report, i);
        users.add(
            threads.submit(() -> {
              while (System.nanoTime() - end < 0) {
                user.act();
              }
              return null;
            }));
      }
      for (Future<?> user : users) {
        user.get();
      }
    }
  }
}
