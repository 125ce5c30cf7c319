package dev.jmr.cli.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// What can be typed behind one command.
///
/// @param place the words of the command, without `jmr`: empty, `run`, `docker install`
/// @param description what it does, in a line
/// @param hidden whether it is not to be offered
/// @param subcommands the names of the commands below it, those that are not hidden
/// @param options its options, those that are not hidden
/// @param words what its parameters can be, where that is known
/// @param models whether it takes names of models of the store
record CommandWords(
    String place,
    String description,
    boolean hidden,
    List<String> subcommands,
    List<Option> options,
    List<String> words,
    boolean models) {
  private static final List<String> MODEL_LABELS = List.of("MODEL", "SOURCE", "SRC", "IN");

  /// An option.
  ///
  /// @param names with their dashes
  /// @param takesValue whether a word follows it
  /// @param values what can follow it; empty if that is not known
  record Option(List<String> names, boolean takesValue, List<String> values, String description) {}

  /// All commands from `root` on, each before those below it; also the hidden ones.
  static List<CommandWords> of(CommandSpec root) {
    List<CommandWords> result = new ArrayList<>();
    add(result, root, "");
    return result;
  }

  private static void add(List<CommandWords> result, CommandSpec command, String place) {
    List<CommandSpec> below =
        command.subcommands().values().stream()
            .map(CommandLine::getCommandSpec)
            .distinct()
            .toList();
    result.add(
        new CommandWords(
            place,
            firstLine(command.usageMessage().description()),
            command.usageMessage().hidden(),
            below.stream().filter(c -> !c.usageMessage().hidden()).map(CommandSpec::name).toList(),
            command.options().stream()
                .filter(option -> !option.hidden())
                .map(CommandWords::option)
                .toList(),
            words(command.positionalParameters()),
            takesModels(command.positionalParameters())));
    below.forEach(c -> add(result, c, (place + " " + c.name()).strip()));
  }

  private static List<String> words(List<PositionalParamSpec> parameters) {
    List<String> words = new ArrayList<>();
    for (PositionalParamSpec parameter : parameters) {
      Optional.ofNullable(parameter.completionCandidates())
          .ifPresent(all -> all.forEach(word -> words.add(word.toLowerCase(Locale.ROOT))));
    }
    return words;
  }

  private static boolean takesModels(List<PositionalParamSpec> parameters) {
    return parameters.stream()
        .map(PositionalParamSpec::paramLabel)
        .anyMatch(MODEL_LABELS::contains);
  }

  private static Option option(OptionSpec option) {
    List<String> values = new ArrayList<>();
    Optional.ofNullable(option.completionCandidates()).ifPresent(all -> all.forEach(values::add));
    return new Option(
        List.of(option.names()),
        option.arity().max() > 0,
        List.copyOf(values),
        firstLine(option.description()));
  }

  private static String firstLine(String... description) {
    return description.length == 0 ? "" : description[0];
  }
}
