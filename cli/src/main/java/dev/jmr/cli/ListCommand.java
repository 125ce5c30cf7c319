package dev.jmr.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jmr.cli.runner.ModelRunner;
import dev.jmr.cli.runner.RemoteRunner;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jmr ls`: the models of the store.
@Command(
    name = "ls",
    aliases = "list",
    sortOptions = false,
    description = "Lists the models of the store, one line for each name.")
final class ListCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(index = "0", arity = "0..1", paramLabel = "MODEL", description = "Only this model.")
  private @Nullable String model;

  @ArgGroup private Form form = new Form();

  /// How to list; one of them.
  private static final class Form {
    @Option(names = "--json", description = "As JSON, with everything that is known.")
    private boolean json;

    @Option(names = "--openai", description = "As JSON, as OpenAI's list of models.")
    private boolean openAi;

    @Option(
        names = "--openaiurl",
        paramLabel = "URL",
        description = "As JSON, the models of another server with OpenAI's API.")
    private @Nullable String openAiUrl;

    @Option(
        names = {"-q", "--quiet"},
        description = "Only ids.")
    private boolean quiet;
  }

  ListCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (form.openAiUrl != null) {
      try (RemoteRunner runner = Runners.at(context, form.openAiUrl)) {
        Json.print(context.streams(), runner.modelsOfApi());
      }
      return 0;
    }
    try (ModelRunner runner = Runners.open(context)) {
      if (form.openAi) {
        Json.print(
            context.streams(), model == null ? runner.openAiModels() : runner.openAiModel(model));
        return 0;
      }
      print(
          model == null
              ? runner.models()
              : JsonNodeFactory.instance.arrayNode().add(runner.model(model, false)));
    }
    return 0;
  }

  private void print(JsonNode models) {
    Streams streams = context.streams();
    if (form.json) {
      Json.print(streams, models);
    } else if (form.quiet) {
      models.forEach(entry -> streams.outWriter().println(ModelRows.shortId(entry)));
    } else {
      ModelRows.table(models, Instant.now(), ModelStores.builtIn(context.environment()))
          .print(streams.outWriter());
    }
  }
}
