package dev.jmr.cli;

import dev.jmr.bench.TuningOptions;
import dev.jmr.model.embedding.Pooling;
import dev.jmr.runtime.Embedding;
import dev.jmr.runtime.EmbeddingRequest;
import dev.jmr.runtime.Embeddings;
import dev.jmr.runtime.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `jmr embed`: the vectors that a model makes of texts, or how similar the texts are.
@Command(
    name = "embed",
    sortOptions = false,
    description = "Turns texts into vectors, of which those of similar texts are similar.")
final class EmbedCommand implements Callable<Integer> {
  private final Context context;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A model of the store, or a GGUF file.")
  private String model = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "TEXT",
      description = "The texts; '-' reads the standard input, one text per line.")
  private List<String> texts = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "json: OpenAI's list of embeddings (default); array: an array of arrays; raw: a line of numbers per vector.")
  private EmbeddingFormat format = EmbeddingFormat.JSON;

  @Option(
      names = "--pooling",
      paramLabel = "KIND",
      description =
          "How the tokens of a text become one vector: mean, cls, last, or none (default: the model's).")
  private @Nullable Pooling pooling;

  @Option(names = "--no-normalize", description = "Vectors as they are, not of length 1.")
  private boolean asTheyAre;

  @Option(
      names = "--dimensions",
      paramLabel = "N",
      description = "Keep the first N numbers of each vector (default: all).")
  private int dimensions;

  @Option(
      names = "--truncate",
      description = "Cut texts that are longer than the context, rather than refuse them.")
  private boolean truncate;

  @Option(
      names = "--similarity",
      description = "The cosine similarity of each two texts, instead of their vectors.")
  private boolean similarity;

  @Mixin private LoadOptions load = new LoadOptions();

  @Mixin private TuningOptions tuning = new TuningOptions();

  EmbedCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    EmbeddingRequest request = request();
    Path file = LocatedModel.of(context, model).file();
    try (Engine engine = EngineLoader.load(context, file, tuning.addTo(load.toEngineOptions()))) {
      Embeddings embeddings = engine.embed(request);
      print(new EmbeddingWriter(context.streams(), format, engine.description()), embeddings);
    }
    return 0;
  }

  private void print(EmbeddingWriter writer, Embeddings embeddings) {
    if (embeddings.items().stream().anyMatch(Embedding::truncated)) {
      context.streams().note("some texts were cut: they are longer than the context");
    }
    boolean perToken = embeddings.pooling() == Pooling.NONE;
    if (similarity && perToken) {
      throw new CliException(
          "--similarity: expected one vector per text, got one per token; use --pooling mean, cls or last");
    }
    if (perToken && pooling == null) {
      context
          .streams()
          .note(
              "the model has no pooling, so there is a vector for each token; --pooling mean, cls or last makes one of them");
    }
    if (similarity) {
      writer.writeSimilarities(embeddings);
    } else {
      writer.writeVectors(embeddings);
    }
  }

  private EmbeddingRequest request() {
    if (pooling == Pooling.RANK) {
      throw new ParameterException(
          spec.commandLine(), "--pooling: expected none, mean, cls or last, got rank");
    }
    if (dimensions < 0) {
      throw new ParameterException(
          spec.commandLine(), "--dimensions: expected 0 (all) or more, got " + dimensions);
    }
    EmbeddingRequest request =
        EmbeddingRequest.ofTexts(inputs())
            .withNormalize(!asTheyAre)
            .withDimensions(dimensions)
            .withTruncate(truncate);
    return pooling == null ? request : request.withPooling(pooling);
  }

  private List<String> inputs() {
    List<String> inputs = new ArrayList<>();
    for (String text : texts) {
      if (text.equals("-")) {
        context.streams().readAll().lines().forEach(inputs::add);
      } else {
        inputs.add(text);
      }
    }
    if (inputs.isEmpty()) {
      throw new CliException("standard input: expected a text per line, got nothing");
    }
    return inputs;
  }
}
