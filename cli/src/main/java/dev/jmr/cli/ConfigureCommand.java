package dev.jmr.cli;

import dev.jmr.cli.runner.ModelRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `jmr configure`: how a model is run.
@Command(
    name = "configure",
    aliases = "config",
    sortOptions = false,
    description = {
      "Sets how a model is run, by the server or the next one; 'configure show [MODEL]' shows what is set.",
      "Behind -- may stand flags of llama.cpp's server: configure MODEL -- --temp 0.1"
    })
final class ConfigureCommand implements Callable<Integer> {
  private static final String SHOW = "show";

  private final Context context;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "1..*", paramLabel = "MODEL", description = "The model, then flags.")
  private List<String> words = new ArrayList<>();

  @Mixin private ConfigureOptions options = new ConfigureOptions();

  ConfigureCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (ModelRunner runner = Runners.open(context)) {
      if (words.getFirst().equals(SHOW)) {
        show(runner);
        return 0;
      }
      List<String> flags = words.subList(1, words.size());
      if (!flags.isEmpty() && !flags.getFirst().startsWith("-")) {
        throw new ParameterException(
            spec.commandLine(), "'%s' is one argument too many".formatted(flags.getFirst()));
      }
      options.ignored().forEach(name -> context.detail(name + " is of other engines: passed over"));
      runner.configure(options.body(words.getFirst(), flags));
    }
    return 0;
  }

  private void show(ModelRunner runner) throws InterruptedException {
    Optional<String> model = words.size() > 1 ? Optional.of(words.get(1)) : Optional.empty();
    Json.print(context.streams(), runner.configurations(model));
  }
}
