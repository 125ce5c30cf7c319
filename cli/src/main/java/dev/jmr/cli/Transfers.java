package dev.jmr.cli;

import dev.jmr.cli.runner.ModelRunner;
import dev.jmr.cli.runner.RunnerException;
import dev.jmr.server.transfer.ProgressEvent;
import java.util.function.Consumer;

/// Brings models from registries and back, and shows how far it is.
final class Transfers {
  private static final int NOT_FOUND = 404;

  private final Context context;
  private final ModelRunner runner;

  Transfers(Context context, ModelRunner runner) {
    this.context = context;
    this.runner = runner;
  }

  /// A transfer that tells how far it is.
  private interface Transfer {
    void run(Consumer<ProgressEvent> progress) throws InterruptedException;
  }

  /// Fetches a model.
  ///
  /// @return how it ended, in a sentence
  String pull(String model) throws InterruptedException {
    try {
      return run("pulling " + model, progress -> runner.pull(model, progress));
    } catch (InterruptedException e) {
      context.streams().note("what was fetched stays; the next pull goes on from there");
      throw e;
    }
  }

  /// Fetches a model that the runner does not have, and says so.
  void pullIfMissing(String model) throws InterruptedException {
    try {
      runner.model(model, false);
    } catch (RunnerException e) {
      if (e.status() != NOT_FOUND) {
        throw e;
      }
      context
          .streams()
          .printError(
              "Unable to find model '%s' locally. Pulling from the server.%n".formatted(model));
      pull(model);
    }
  }

  /// Brings a model to the registry that its name says.
  ///
  /// @return how it ended, in a sentence
  String push(String model) throws InterruptedException {
    return run("pushing " + model, progress -> runner.push(model, progress));
  }

  private String run(String task, Transfer transfer) throws InterruptedException {
    try (CtrlC _ = new CtrlC();
        TransferReport report = new TransferReport(context.streams(), task)) {
      transfer.run(report);
      return report
          .result()
          .orElseThrow(() -> new CliException(task + ": the runner did not say how it ended"));
    }
  }
}
