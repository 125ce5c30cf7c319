package dev.jmr.cli;

import dev.jmr.cli.completion.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `jmr completion`: prints the script that lets a shell complete command lines.
@Command(
    name = "completion",
    description = {
      "Prints a script that lets a shell complete commands, options and models.",
      "For this shell only: source <(jmr completion bash). To keep it:",
      "  bash: jmr completion bash > ~/.local/share/bash-completion/completions/jmr",
      "  zsh:  jmr completion zsh > \"$${fpath[1]}/_jmr\"",
      "  fish: jmr completion fish > ~/.config/fish/completions/jmr.fish"
    })
final class CompletionCommand implements Callable<Integer> {
  private final Context context;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}.")
  private Shell shell = Shell.BASH;

  CompletionCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    context.streams().print(shell.script(spec.root()));
    return 0;
  }
}
