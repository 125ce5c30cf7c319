package dev.jmr.bench.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/// One measurement per number of clients, each of which asks again as soon as it has its answer.
///
/// @param models finds who answers
/// @param notes is told what is worth knowing besides the figures
public record ServingRun(ServedModels models, Consumer<String> notes) {
  /// Of one measurement: nobody asks a server that refuses everything a million times.
  private static final int MOST_FAILURES = 100;

  /// Measures. One question before the first measurement is not counted: it has the model loaded, and tells if it cannot be.
  ///
  /// @throws RuntimeException with a message for the user if the model cannot be had, or that question is not answered
  void run(ServingPlan plan, ServingWriter writer) throws InterruptedException {
    try (ServedModel model = models.open(plan.model(), plan.mostParallel());
        ScheduledExecutorService alarm =
            Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("jmr-alarm").factory())) {
      Client client = new Client(model, plan, alarm);
      writer.begin(plan, model.description(), client.ask());
      for (int concurrency : plan.concurrencies()) {
        writer.result(measure(client, concurrency));
      }
      writer.end();
      alarm.shutdownNow();
    }
  }

  private ServingResult measure(Client client, int concurrency) throws InterruptedException {
    Tally tally = new Tally();
    long start = System.nanoTime();
    long end = start + client.plan().duration().toNanos();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < concurrency; i++) {
      clients.add(
          Thread.ofVirtual().name("jmr-client-" + i).start(() -> askUntil(end, client, tally)));
    }
    await(clients);
    long nanos = System.nanoTime() - start;
    if (tally.failed > 0) {
      notes.accept(
          "%d of %d questions failed, the last with: %s"
              .formatted(tally.failed, tally.failed + tally.answers.size(), tally.failure));
    }
    return new ServingResult(concurrency, tally.answers, tally.failed, nanos);
  }

  private static void askUntil(long end, Client client, Tally tally) {
    boolean more = true;
    while (more) {
      try {
        tally.add(client.ask());
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        more = tally.fail(e) < MOST_FAILURES;
      }
      more &= System.nanoTime() < end;
    }
  }

  /// What all clients of a measurement got.
  private static final class Tally {
    private final List<ServedAnswer> answers = new ArrayList<>();
    private int failed;
    private String failure = "";

    synchronized void add(ServedAnswer answer) {
      answers.add(answer);
    }

    synchronized int fail(RuntimeException e) {
      failure = String.valueOf(e.getMessage());
      return ++failed;
    }
  }

  private static void await(List<Thread> clients) throws InterruptedException {
    try {
      for (Thread client : clients) {
        client.join();
      }
    } catch (InterruptedException e) {
      clients.forEach(Thread::interrupt);
      throw e;
    }
  }
}
