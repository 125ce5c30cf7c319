package dev.jmr.cli.completion;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// The shells that there is a script for.
///
/// A script knows all commands and options by itself; for the names of models it asks `jmr __models`.
public enum Shell {
  BASH,
  ZSH,
  FISH;

  /// The script that teaches this shell the commands below `root`.
  public String script(CommandSpec root) {
    List<CommandWords> commands =
        CommandWords.of(root).stream().filter(command -> !command.hidden()).toList();
    return switch (this) {
      case BASH -> PosixScript.bash(commands);
      case ZSH -> PosixScript.zsh(commands);
      case FISH -> FishScript.of(commands);
    };
  }
}
