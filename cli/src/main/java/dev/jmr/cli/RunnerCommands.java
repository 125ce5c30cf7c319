package dev.jmr.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Unmatched;

/// Docker's commands that keep a container with a runner: ours needs none. They are there so that scripts go on.
final class RunnerCommands {
  private static final List<String> NAMES =
      List.of(
          "install-runner",
          "reinstall-runner",
          "start-runner",
          "restart-runner",
          "stop-runner",
          "uninstall-runner");

  private RunnerCommands() {}

  /// Adds the one that `words` name, hidden.
  static void addTo(CommandLine commands, Context context, String... words) {
    for (String name : NAMES.stream().filter(List.of(words)::contains).toList()) {
      CommandLine command = new CommandLine(new Nothing(context, name));
      CommandSpec spec = command.getCommandSpec();
      spec.name(name);
      spec.usageMessage().hidden(true);
      commands.addSubcommand(name, command);
    }
  }

  /// Says that there is nothing to do, whatever the options.
  @Command(
      description = "Does nothing: JMR needs no runner in a container. 'jmr serve' is the server.")
  private static final class Nothing implements Callable<Integer> {
    private final Context context;
    private final String name;

    @Unmatched private List<String> ignored = new ArrayList<>();

    Nothing(Context context, String name) {
      this.context = context;
      this.name = name;
    }

    @Override
    public Integer call() {
      context.detail("passed over: " + ignored);
      context
          .streams()
          .outWriter()
          .println(name + ": nothing to do; JMR needs no container, 'jmr serve' is the server");
      return 0;
    }
  }
}
