package dev.jmr.cli;

import dev.jmr.cli.runner.ModelRunner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `jmr pull`: fetches a model into the store.
@Command(
    name = "pull",
    description =
        "Fetches a model into the store; what an interrupted pull fetched is not fetched again.")
final class PullCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description =
          "Its name: gemma3, ai/qwen3:0.6B-Q4_K_M, ghcr.io/me/model:tag, hf.co/org/repo:Q4_K_M.")
  private String model = "";

  PullCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (ModelRunner runner = Runners.open(context)) {
      context.streams().outWriter().println(new Transfers(context, runner).pull(model));
    }
    return 0;
  }
}
