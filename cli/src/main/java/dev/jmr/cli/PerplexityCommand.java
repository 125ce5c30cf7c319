package dev.jmr.cli;

import dev.jmr.model.Model;
import dev.jmr.model.evaluation.Perplexity;
import dev.jmr.model.evaluation.PerplexityOptions;
import dev.jmr.model.evaluation.TextChunks;
import dev.jmr.tensor.backend.Backend;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `jmr perplexity`: how well a model expects a text, with llama-perplexity's options and numbers.
@Command(
    name = "perplexity",
    sortOptions = false,
    description = "Measures how well a model expects a text, as llama-perplexity does.")
final class PerplexityCommand implements Callable<Integer> {
  private final Context context;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-m", "--model"},
      required = true,
      paramLabel = "FILE",
      description = "A model of the store, or a GGUF file.")
  private String model = "";

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "TEXT",
      description = "A file of text; '-' reads the standard input.")
  private String text = "";

  @Option(
      names = {"-c", "--ctx-size", "--ctx"},
      paramLabel = "TOKENS",
      description =
          "Tokens in a chunk, of which the second half is scored (default: ${DEFAULT-VALUE}).")
  private int contextLength = 512;

  @Option(
      names = {"-b", "--batch-size"},
      paramLabel = "TOKENS",
      description = "Tokens that are computed at once (default: ${DEFAULT-VALUE}).")
  private int batchTokens = 512;

  @Option(
      names = "--chunks",
      paramLabel = "N",
      description = "Chunks to score at most; -1 = all (default: ${DEFAULT-VALUE}).")
  private int chunks = -1;

  @Option(
      names = "--ppl-stride",
      paramLabel = "N",
      description =
          "Move on by N tokens instead of a chunk, and score the last N; 0 = off (default: ${DEFAULT-VALUE}).")
  private int stride;

  @Option(
      names = {"-ctk", "--cache-type"},
      paramLabel = "TYPE",
      description =
          "Type of the keys and values in the cache: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private CacheType cacheType = CacheType.F16;

  @Option(names = "--json", description = "The result as JSON.")
  private boolean asJson;

  @Mixin private ComputeOptions compute = new ComputeOptions();

  PerplexityCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    PerplexityOptions options = options();
    Path file = LocatedModel.of(context, model).file();
    String content = TextFile.read(text, context.streams());
    try (Model opened = Model.open(file)) {
      TextChunks cut = TextChunks.of(opened.tokenizer(), content, options);
      warnOfContext(opened);
      try (Backend backend = compute.openBackend()) {
        measure(opened, backend, cut, options);
      }
    }
    return 0;
  }

  private void measure(Model opened, Backend backend, TextChunks cut, PerplexityOptions options) {
    PerplexityReport report =
        new PerplexityReport(
            context.streams(),
            asJson,
            new PerplexityReport.Subject(
                opened.name(),
                model,
                text,
                cut.tokenCount(),
                cut.count(),
                options,
                backend.name() + ": " + backend.detail()));
    report.start(System.nanoTime());
    report.finish(
        Perplexity.measure(opened, backend, cut, options, e -> report.chunk(e, System.nanoTime())),
        System.nanoTime());
  }

  private PerplexityOptions options() {
    int threads =
        compute.threads() == 0 ? Runtime.getRuntime().availableProcessors() : compute.threads();
    try {
      return new PerplexityOptions(
          contextLength, stride, Math.max(0, chunks), batchTokens, threads, cacheType.tensorType());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void warnOfContext(Model opened) {
    int trained = opened.hyperParameters().contextLength();
    if (contextLength > trained) {
      context
          .streams()
          .note(
              "warning: -c %d is more than the %d tokens that the model was trained with; expect a worse result"
                  .formatted(contextLength, trained));
    }
  }
}
