package dev.jmr.cli;

import dev.jmr.cli.runner.ModelRunner;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `jmr purge`: removes all models.
@Command(
    name = "purge",
    sortOptions = false,
    description = "Removes every model of the store, after asking.")
final class PurgeCommand implements Callable<Integer> {
  private final Context context;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-f", "--force"},
      description = "Do not ask.")
  private boolean force;

  PurgeCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (ModelRunner runner = Runners.open(context)) {
      if (!force && !confirmed(runner.models().size())) {
        context.streams().note("nothing was removed");
        return Failures.FAILED;
      }
      runner.purge();
    }
    return 0;
  }

  private boolean confirmed(int models) {
    Streams streams = context.streams();
    if (!streams.terminals().in()) {
      throw new ParameterException(
          spec.commandLine(), "purge: expected --force where there is nobody to ask");
    }
    streams.print("This removes all %d models. Continue? [y/N] ".formatted(models));
    return streams.readLine().strip().toLowerCase(Locale.ROOT).startsWith("y");
  }
}
