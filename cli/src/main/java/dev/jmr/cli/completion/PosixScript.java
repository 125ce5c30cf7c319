package dev.jmr.cli.completion;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The scripts for bash and zsh: the same four tables as functions, and a function in the shell's own way that asks them.
final class PosixScript {
  private static final String BASH =
      """
      __jmr() {
        local line="${COMP_LINE:0:COMP_POINT}" place='' i previous next
        local word="${line##* }" head=''
        for ((i = 1; i < COMP_CWORD; i++)); do
          __jmr_values "$place ${COMP_WORDS[i - 1]}" > /dev/null && continue
          next="${place:+$place }${COMP_WORDS[i]}"
          if __jmr_is_command "$next"; then place="$next"; fi
        done
        previous="${COMP_WORDS[COMP_CWORD - 1]}"
        COMPREPLY=()
        if __jmr_values "$place $previous" > /dev/null; then
          COMPREPLY=($(compgen -W "$(__jmr_values "$place $previous")" -- "$word"))
        elif [[ $word == -* ]]; then
          COMPREPLY=($(compgen -W "$(__jmr_options "$place")" -- "$word"))
        elif __jmr_takes_models "$place"; then
          COMPREPLY=($(compgen -W "$(jmr __models 2> /dev/null) $(__jmr_commands "$place")" -- "$word"))
        else
          COMPREPLY=($(compgen -W "$(__jmr_commands "$place")" -- "$word"))
        fi
        # readline breaks words at colons: it replaces only what is behind the last one
        if [[ $word == *:* && $COMP_WORDBREAKS == *:* ]]; then
          head="${word%"${word##*:}"}"
          COMPREPLY=("${COMPREPLY[@]#"$head"}")
        fi
      }
      complete -o default -F __jmr jmr
      """;

  private static final String ZSH =
      """
      _jmr() {
        local place='' i next
        for ((i = 2; i < CURRENT; i++)); do
          __jmr_values "$place ${words[i - 1]}" > /dev/null && continue
          next="${place:+$place }${words[i]}"
          if __jmr_is_command "$next"; then place="$next"; fi
        done
        local -a found
        if __jmr_values "$place ${words[CURRENT - 1]}" > /dev/null; then
          found=(${=$(__jmr_values "$place ${words[CURRENT - 1]}")})
        elif [[ ${words[CURRENT]} == -* ]]; then
          found=(${=$(__jmr_options "$place")})
        elif __jmr_takes_models "$place"; then
          found=(${=$(jmr __models 2> /dev/null)} ${=$(__jmr_commands "$place")})
        else
          found=(${=$(__jmr_commands "$place")})
        fi
        compadd -a found || _files
      }
      if [[ $funcstack[1] == _jmr ]]; then _jmr "$@"; else compdef _jmr jmr; fi
      """;

  private PosixScript() {}

  static String bash(List<CommandWords> commands) {
    return "# bash completion of jmr, made by 'jmr completion bash'\n" + tables(commands) + BASH;
  }

  static String zsh(List<CommandWords> commands) {
    return "#compdef jmr\n# made by 'jmr completion zsh'\n" + tables(commands) + ZSH;
  }

  private static String tables(List<CommandWords> commands) {
    return table(
            "__jmr_is_command",
            commands.stream()
                .filter(command -> !command.place().isEmpty())
                .map(command -> row(command.place(), "return 0")),
            "return 1")
        + table(
            "__jmr_commands",
            commands.stream()
                .filter(command -> !words(command).isEmpty())
                .map(command -> echo(command.place(), words(command))),
            ":")
        + table(
            "__jmr_options",
            commands.stream().map(command -> echo(command.place(), optionNames(command))),
            ":")
        + table("__jmr_values", commands.stream().flatMap(PosixScript::values), "return 1")
        + table(
            "__jmr_takes_models",
            commands.stream()
                .filter(CommandWords::models)
                .map(command -> row(command.place(), "return 0")),
            "return 1");
  }

  private static Stream<String> values(CommandWords command) {
    return command.options().stream()
        .filter(CommandWords.Option::takesValue)
        .flatMap(option ->
            option.names().stream()
                .map(name -> echo(command.place() + " " + name, option.values())));
  }

  private static List<String> words(CommandWords command) {
    return Stream.concat(command.subcommands().stream(), command.words().stream()).toList();
  }

  private static List<String> optionNames(CommandWords command) {
    return command.options().stream().flatMap(option -> option.names().stream()).toList();
  }

  private static String table(String name, Stream<String> rows, String otherwise) {
    return name
        + "() {\n  case \"$1\" in\n"
        + rows.collect(Collectors.joining())
        + "    *) "
        + otherwise
        + " ;;\n  esac\n}\n";
  }

  private static String echo(String key, List<String> words) {
    return row(key, "echo '" + String.join(" ", words) + "'");
  }

  private static String row(String key, String what) {
    return "    '" + key + "') " + what + " ;;\n";
  }
}
