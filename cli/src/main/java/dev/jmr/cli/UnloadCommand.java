package dev.jmr.cli;

import dev.jmr.cli.runner.RemoteRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `jmr unload`: takes models out of a server's memory.
@Command(
    name = "unload",
    aliases = "stop",
    sortOptions = false,
    description = "Takes models out of the server's memory, unless they are in use.")
final class UnloadCommand implements Callable<Integer> {
  private final Context context;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "0..*", paramLabel = "MODEL", description = "Names or ids.")
  private List<String> models = new ArrayList<>();

  @Option(names = "--all", description = "All models; also forgets how they were configured.")
  private boolean all;

  @Option(names = "--backend", paramLabel = "NAME", description = "Only those of this engine.")
  private String backend = "";

  UnloadCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (all != models.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "unload: expected names of models, or --all");
    }
    Optional<RemoteRunner> server = Runners.server(context);
    int unloaded = 0;
    if (server.isPresent()) {
      try (RemoteRunner runner = server.get()) {
        unloaded = runner.unload(all, backend, models);
      }
    }
    context.streams().outWriter().println(text(unloaded));
    return 0;
  }

  private String text(int unloaded) {
    if (unloaded > 0) {
      return "Unloaded %d model(s).".formatted(unloaded);
    }
    return all ? "No models are running." : "No such model(s) running.";
  }
}
