package dev.jmr.cli;

import dev.jmr.cli.runner.RemoteRunner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `jmr logs`: what a server wrote to its log.
@Command(name = "logs", sortOptions = false, description = "Shows the log of the server.")
final class LogsCommand implements Callable<Integer> {
  private final Context context;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on as the log grows.")
  private boolean follow;

  @Option(names = "--no-engines", description = "Without what engines write.")
  private boolean noEngines;

  LogsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    try {
      return CtrlC.ends(this::print);
    } catch (InterruptedException e) {
      if (follow) {
        return Failures.INTERRUPTED;
      }
      throw e;
    }
  }

  private int print() throws InterruptedException, IOException {
    try (RemoteRunner runner = Runners.requireServer(context, "logs");
        BufferedReader log =
            new BufferedReader(
                new InputStreamReader(runner.logs(follow, noEngines), StandardCharsets.UTF_8))) {
      for (String line = log.readLine(); line != null; line = log.readLine()) {
        context.streams().print(line + "\n");
      }
    }
    return 0;
  }
}
