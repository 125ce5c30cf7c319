package dev.jmr.cli;

import dev.jmr.cli.runner.ModelRunner;
import dev.jmr.cli.runner.RunnerException;
import dev.jmr.server.store.ModelConflictException;
import dev.jmr.server.store.UnknownModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jmr rm`: removes models from the store.
@Command(
    name = "rm",
    sortOptions = false,
    description =
        "Removes names of models, and a model with the last of them. What other models share stays.")
final class RmCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(index = "0", arity = "1..*", paramLabel = "MODEL", description = "Names or ids.")
  private List<String> models = new ArrayList<>();

  @Option(
      names = {"-f", "--force"},
      description = "Remove a model by its id with all of its names.")
  private boolean force;

  RmCommand(Context context) {
    this.context = context;
  }

  /// Removes what it can; fails if it could not remove all.
  @Override
  public Integer call() throws InterruptedException {
    int code = 0;
    try (ModelRunner runner = Runners.open(context)) {
      for (String model : models) {
        try {
          runner.remove(model, force).forEach(context.streams().outWriter()::println);
        } catch (UnknownModelException | ModelConflictException | RunnerException e) {
          context.streams().note(String.valueOf(e.getMessage()));
          code = Failures.FAILED;
        }
      }
    }
    return code;
  }
}
