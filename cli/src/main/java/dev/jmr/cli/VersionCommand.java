package dev.jmr.cli;

import dev.jmr.cli.runner.RemoteRunner;
import dev.jmr.cli.runner.RunnerAddress;
import dev.jmr.cli.runner.RunnerException;
import dev.jmr.tensor.backend.Backends;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `jmr version`: what this is, and what it would run on.
@Command(name = "version", description = "Shows versions, and what models would run on.")
final class VersionCommand implements Callable<Integer> {
  private final Context context;

  VersionCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = context.streams().outWriter();
    out.println("jmr " + version());
    out.printf(
        "java %s (%s), %s %s, %d processors%n",
        System.getProperty("java.version"),
        System.getProperty("java.vendor"),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors());
    Backends.candidates().forEach(candidate -> out.println("backend " + candidate));
    Optional<RunnerAddress> server = Runners.choice(context).runner();
    if (server.isPresent()) {
      try (RemoteRunner runner = Runners.remote(context, server.get())) {
        out.println("server " + runner.version() + " at " + server.get());
      } catch (RunnerException e) {
        out.println("server: " + e.getMessage());
      }
    }
    return 0;
  }

  /// The version of the jar, or `development` when it runs from classes.
  static String version() {
    return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
