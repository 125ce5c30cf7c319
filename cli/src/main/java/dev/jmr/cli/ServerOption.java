package dev.jmr.cli;

import dev.jmr.cli.chat.ServerModel;
import dev.jmr.cli.runner.RunnerAddress;
import dev.jmr.cli.runner.Tls;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say which server answers, if one does.
final class ServerOption {
  @Option(
      names = "--openaiurl",
      paramLabel = "URL",
      description =
          "Talk to a server with OpenAI's API, such as http://localhost:8000/v1; OPENAI_API_KEY is its key.")
  private @Nullable String openAiUrl;

  @Option(names = "--debug", description = "Show what is asked of a server, on the error output.")
  private boolean debug;

  /// Whether a server was named.
  boolean named() {
    return openAiUrl != null;
  }

  /// The model on a server; empty if it is to run in this process.
  Optional<ServerModel> model(Context context, String model) {
    Consumer<String> trace =
        debug
            ? context.streams()::note
            : _ -> {
              // Nobody wants to know.
            };
    if (openAiUrl != null) {
      RunnerAddress address = RunnerAddress.of(openAiUrl, Tls.NONE, "--openaiurl");
      return Optional.of(
          ServerModel.of(
              address, Optional.empty(), variable(context, "OPENAI_API_KEY"), model, trace));
    }
    return LocatedModel.isFile(model)
        ? Optional.empty()
        : Runners.choice(context)
            .runner()
            .map(address ->
                ServerModel.of(
                    address,
                    Optional.of(Runners.remote(context, address)),
                    variable(context, "MODEL_RUNNER_API_KEY"),
                    model,
                    trace));
  }

  private static Optional<String> variable(Context context, String name) {
    return Optional.ofNullable(context.environment().get(name)).filter(text -> !text.isBlank());
  }
}
