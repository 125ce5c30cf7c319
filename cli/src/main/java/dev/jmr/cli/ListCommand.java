package dev.jmr.cli;

import dev.jmr.server.library.ModelEntry;
import dev.jmr.server.library.ModelJson;
import dev.jmr.server.library.ModelLibrary;
import java.time.Instant;
import java.util.List;
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
  private static final String NONE = "<none>";

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
        names = {"-q", "--quiet"},
        description = "Only ids.")
    private boolean quiet;
  }

  ListCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    ModelLibrary library = ModelStores.open(context.environment());
    List<ModelEntry> entries = model == null ? library.list() : List.of(library.require(model));
    Streams streams = context.streams();
    if (form.json) {
      Json.print(streams, entries.stream().map(ModelJson::docker).toList());
    } else if (form.openAi) {
      Json.print(streams, ModelJson.openAi(entries));
    } else if (form.quiet) {
      entries.forEach(entry -> streams.outWriter().println(entry.id().shortHex()));
    } else {
      print(entries);
    }
    return 0;
  }

  private void print(List<ModelEntry> entries) {
    Table table =
        new Table(
            "MODEL NAME",
            "PARAMETERS",
            "QUANTIZATION",
            "ARCHITECTURE",
            "MODEL ID",
            "CREATED",
            "CONTEXT",
            "SIZE");
    Instant now = Instant.now();
    for (ModelEntry entry : entries) {
      List<String> names = entry.displayTags().isEmpty() ? List.of(NONE) : entry.displayTags();
      names.forEach(name -> add(table, name, entry, now));
    }
    table.print(context.streams().outWriter());
  }

  private static void add(Table table, String name, ModelEntry entry, Instant now) {
    var config = entry.config();
    table.row(
        name,
        config.parameters(),
        config.quantization(),
        config.architecture(),
        entry.id().shortHex(),
        config.created().map(created -> HumanText.age(created, now)).orElse("N/A"),
        config.contextSize().isPresent() ? Integer.toString(config.contextSize().getAsInt()) : "",
        config.size());
  }
}
