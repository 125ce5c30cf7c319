package dev.jmr.cli;

import dev.jmr.cli.runner.EmbeddedRunner;
import dev.jmr.cli.runner.ModelRunner;
import dev.jmr.cli.runner.RemoteRunner;
import dev.jmr.cli.runner.RunnerAddress;
import dev.jmr.cli.runner.RunnerChoice;
import dev.jmr.cli.runner.Tls;
import java.util.Optional;

/// Opens what commands talk to.
final class Runners {
  private Runners() {}

  static RunnerChoice choice(Context context) {
    return RunnerChoice.of(context.environment());
  }

  /// The runner that answers, else the store in this process.
  static ModelRunner open(Context context) {
    Optional<RunnerAddress> address = choice(context).runner();
    address.ifPresentOrElse(
        chosen -> context.detail("talks to " + chosen),
        () -> context.detail("no runner answers: works on the store itself"));
    return address
        .<ModelRunner>map(chosen -> remote(context, chosen))
        .orElseGet(() -> embedded(context));
  }

  static EmbeddedRunner embedded(Context context) {
    return new EmbeddedRunner(
        ModelStores.open(context.environment()),
        () -> ModelStores.settings(context.environment()),
        context.environment());
  }

  static RemoteRunner remote(Context context, RunnerAddress address) {
    return new RemoteRunner(address, VersionCommand.version(), context.environment());
  }

  /// The API below a base URL, such as `http://localhost:12434/v1`.
  static RemoteRunner at(Context context, String url) {
    return remote(context, RunnerAddress.of(url, Tls.NONE, "--openaiurl"));
  }

  /// The runner that answers; empty if none does.
  static Optional<RemoteRunner> server(Context context) {
    return choice(context).runner().map(address -> remote(context, address));
  }

  /// The runner that answers.
  ///
  /// @param what cannot be had without one, in the plural
  /// @throws CliException if none does
  static RemoteRunner requireServer(Context context, String what) {
    return server(context)
        .orElseThrow(() ->
            new CliException(
                what
                    + ": expected a running server, found none; start one with 'jmr serve' ('jmr status' tells where was looked)"));
  }
}
