package dev.jmr.cli;

import dev.jmr.cli.runner.ModelRunner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `jmr push`: brings a model of the store to a registry.
@Command(
    name = "push",
    description = "Brings a model of the store to the registry that its name says.")
final class PushCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "Its name, with the registry unless it is Docker Hub.")
  private String model = "";

  PushCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (ModelRunner runner = Runners.open(context)) {
      context.streams().outWriter().println(new Transfers(context, runner).push(model));
    }
    return 0;
  }
}
