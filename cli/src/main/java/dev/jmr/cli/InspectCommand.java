package dev.jmr.cli;

import dev.jmr.cli.runner.ModelRunner;
import dev.jmr.gguf.Gguf;
import dev.jmr.gguf.GgufValue;
import dev.jmr.model.Model;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jmr inspect`: what a model is, and what its file holds.
@Command(
    name = "inspect",
    sortOptions = false,
    description = {
      "Shows what a model of the store is as JSON, or what a file holds.",
      "Of a file: metadata and tensors, its graph, its template."
    })
final class InspectCommand implements Callable<Integer> {
  private static final int GRAPH_CONTEXT = 4096;

  private final Context context;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A model of the store, or a GGUF file.")
  private String model = "";

  @ArgGroup private View view = new View();

  /// What to show; one of them.
  private static final class View {
    @Option(names = "--graph", description = "The operations of a forward pass, one a line.")
    private boolean graph;

    @Option(names = "--template", description = "The chat template.")
    private boolean template;

    @Option(names = "--json", description = "Metadata and tensors as JSON, long arrays cut.")
    private boolean json;

    @Option(
        names = "--tensors",
        description = "Metadata and tensors; what is shown of a file by itself.")
    private boolean tensors;

    @Option(names = "--openai", description = "As OpenAI's API tells of the model.")
    private boolean openAi;

    @Option(
        names = {"-r", "--remote"},
        description = "What its registry has, without fetching it.")
    private boolean remote;

    boolean ofArtifact() {
      return !graph && !template && !json && !tensors;
    }
  }

  InspectCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (view.ofArtifact() && (view.remote || view.openAi || !LocatedModel.isFile(model))) {
      try (ModelRunner runner = Runners.open(context)) {
        Json.print(
            context.streams(),
            view.openAi ? runner.openAiModel(model) : runner.model(model, view.remote));
      }
      return 0;
    }
    Path file = LocatedModel.of(context, model).file();
    if (view.graph) {
      printGraph(file);
      return 0;
    }
    try (Gguf gguf = Gguf.open(file)) {
      if (view.template) {
        printTemplate(gguf);
      } else if (view.json) {
        Json.print(context.streams(), json -> InspectJson.write(json, gguf));
      } else {
        printAll(gguf);
      }
    }
    return 0;
  }

  private void printGraph(Path file) {
    try (Model opened = Model.open(file)) {
      int length = Math.min(GRAPH_CONTEXT, opened.hyperParameters().contextLength());
      context.streams().outWriter().println(opened.graph(length));
    }
  }

  private void printTemplate(Gguf gguf) {
    context
        .streams()
        .outWriter()
        .println(
            gguf.metadata()
                .string("tokenizer.chat_template")
                .orElseThrow(() -> new CliException(model + ": the model has no chat template")));
  }

  private void printAll(Gguf gguf) {
    PrintWriter out = context.streams().outWriter();
    long parameters = gguf.tensors().stream().mapToLong(t -> t.shape().elementCount()).sum();
    out.printf(
        Locale.ROOT,
        "%s: GGUF version %d, %d bytes, %d tensors, %d parameters, %.2f bits each%n",
        gguf.path(),
        gguf.version(),
        gguf.byteSize(),
        gguf.tensors().size(),
        parameters,
        8.0 * gguf.byteSize() / Math.max(1, parameters));
    out.println("types: " + types(gguf));
    out.println();
    for (String key : gguf.metadata().keys()) {
      GgufValue value = gguf.metadata().value(key).orElseThrow();
      out.printf("%s = %s%n", Quoted.bare(key), ValueText.of(value));
    }
    out.println();
    for (Tensor tensor : gguf.tensors()) {
      out.printf(
          "%-32s %-7s %-20s %d%n",
          Quoted.bare(tensor.name()), tensor.type(), tensor.shape(), tensor.byteSize());
    }
  }

  private static String types(Gguf gguf) {
    Map<TensorType, Long> counts =
        gguf.tensors().stream()
            .collect(Collectors.groupingBy(Tensor::type, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(entry -> entry.getKey() + " × " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
