package dev.jmr.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// Adds commands to a command line, as few and as little of them as the words of the user need: looking at the options
/// of all commands takes longer than most commands.
final class Subcommands {
  private final List<Object> commands;

  /// @param commands annotated with [Command], in the order of the help
  Subcommands(List<Object> commands) {
    this.commands = commands;
  }

  /// Adds the command that `words` name; where they name none, or ask for help first, all commands by name and
  /// description only.
  void addTo(CommandLine commandLine, String... words) {
    Optional<Object> named =
        Arrays.stream(words).dropWhile("--verbose"::equals).findFirst().flatMap(this::named);
    if (named.isEmpty()) {
      commands.forEach(command -> addOutline(commandLine, command));
    } else if (named.get() instanceof CompletionCommand) {
      commands.forEach(commandLine::addSubcommand);
    } else {
      commandLine.addSubcommand(named.get());
    }
  }

  private Optional<Object> named(String word) {
    return commands.stream()
        .filter(command -> {
          Command about = command.getClass().getAnnotation(Command.class);
          return about.name().equals(word) || List.of(about.aliases()).contains(word);
        })
        .findFirst();
  }

  private static void addOutline(CommandLine commandLine, Object command) {
    Command about = command.getClass().getAnnotation(Command.class);
    CommandSpec outline = CommandSpec.create().name(about.name()).aliases(about.aliases());
    outline.usageMessage().description(about.description()).hidden(about.hidden());
    commandLine.addSubcommand(about.name(), outline);
  }
}
