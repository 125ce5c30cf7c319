package dev.jmr.cli.completion;

import java.util.List;

/// The script for fish: a line for each command and each option, with its description.
final class FishScript {
  private static final String HEAD = "# fish completion of jmr, made by 'jmr completion fish'\n";

  private FishScript() {}

  static String of(List<CommandWords> commands) {
    StringBuilder script = new StringBuilder(HEAD);
    for (CommandWords command : commands) {
      if (!command.place().isEmpty()) {
        addCommand(script, command);
      }
      command.options().forEach(option -> addOption(script, command.place(), option));
      if (!command.words().isEmpty()) {
        script.append(
            "complete -c jmr -f -n '%s' -a '%s'%n"
                .formatted(seen(command.place()), String.join(" ", command.words())));
      }
      if (command.models()) {
        script.append(
            "complete -c jmr -n '%s' -a '(jmr __models 2>/dev/null)'%n"
                .formatted(seen(command.place())));
      }
    }
    return script.toString();
  }

  private static void addCommand(StringBuilder script, CommandWords command) {
    int last = command.place().lastIndexOf(' ');
    String name = command.place().substring(last + 1);
    String condition =
        last < 0 ? "__fish_use_subcommand" : seen(command.place().substring(0, last));
    // A command that has commands takes no files.
    String noFiles = last < 0 || !command.subcommands().isEmpty() ? " -f" : "";
    script.append(
        "complete -c jmr%s -n '%s' -a %s -d %s%n"
            .formatted(noFiles, condition, name, quoted(command.description())));
  }

  private static void addOption(StringBuilder script, String place, CommandWords.Option option) {
    script.append("complete -c jmr -n '").append(seen(place)).append("'");
    for (String name : option.names()) {
      script.append(flag(name));
    }
    if (option.takesValue()) {
      script.append(
          option.values().isEmpty() ? " -r" : " -x -a '" + String.join(" ", option.values()) + "'");
    }
    script.append(" -d ").append(quoted(option.description())).append("\n");
  }

  private static String flag(String name) {
    if (name.startsWith("--")) {
      return " -l " + name.substring(2);
    }
    return (name.length() == 2 ? " -s " : " -o ") + name.substring(1);
  }

  /// The condition that the words of a command were typed.
  private static String seen(String place) {
    return place.isEmpty()
        ? "__fish_use_subcommand"
        : "__fish_seen_subcommand_from " + place.replace(" ", "; and __fish_seen_subcommand_from ");
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
