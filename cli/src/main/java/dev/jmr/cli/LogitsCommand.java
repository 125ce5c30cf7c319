package dev.jmr.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.jmr.model.Model;
import dev.jmr.model.evaluation.ForwardPass;
import dev.jmr.model.tokenizer.EncodeOptions;
import dev.jmr.model.tokenizer.Tokenizer;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.Backend;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jmr logits`: what a model expects next, before anything is drawn.
@Command(
    name = "logits",
    sortOptions = false,
    description = "Shows which tokens the model expects next, and how much.")
final class LogitsCommand implements Callable<Integer> {
  private static final int BATCH = 512;

  /// What an array can hold.
  private static final int MAX_ELEMENTS = Integer.MAX_VALUE - 8;

  private final Context context;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A model of the store, or a GGUF file.")
  private String model = "";

  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  /// What comes before; one of them.
  private static final class Source {
    @Option(names = "--ids", split = ",", paramLabel = "ID", description = "The tokens before.")
    private int @Nullable [] ids;

    @Option(names = "--prompt", paramLabel = "TEXT", description = "The text before.")
    private String prompt = "";
  }

  @Option(names = "--all", description = "After each of the tokens, not only the last.")
  private boolean all;

  @Option(names = "--top", paramLabel = "N", description = "How many tokens to list (default: 10).")
  private int top = 10;

  @Option(names = "--json", description = "All logits, as JSON.")
  private boolean asJson;

  @Mixin private LoadOptions load = new LoadOptions();

  LogitsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (Model opened = Model.open(LocatedModel.of(context, model).file())) {
      int[] tokens =
          source.ids == null
              ? opened.tokenizer().encode(source.prompt, EncodeOptions.PROMPT)
              : source.ids;
      float[] logits = logits(opened, tokens);
      int vocabularySize = opened.hyperParameters().vocabularySize();
      if (asJson) {
        Json.print(context.streams(), json -> write(json, tokens, logits, vocabularySize));
      } else {
        for (int row = 0; row < logits.length / vocabularySize; row++) {
          int last = all ? row : tokens.length - 1;
          float[] values =
              Arrays.copyOfRange(logits, row * vocabularySize, (row + 1) * vocabularySize);
          print(opened.tokenizer(), last, tokens[last], new Distribution(values));
        }
      }
    }
    return 0;
  }

  /// `V` floats for each token, or for the last one only. Keys and values are kept in F32, so that the result is as exact
  /// as the backend is.
  private float[] logits(Model opened, int... tokens) {
    int contextLength = contextLength(opened, tokens.length);
    int width = opened.hyperParameters().vocabularySize();
    int batch = Math.min(BATCH, tokens.length);
    int from = all ? 0 : tokens.length - 1;
    float[] logits = new float[rowElements(tokens.length - from, width)];
    try (Backend backend = load.openBackend();
        ForwardPass pass =
            new ForwardPass(
                opened,
                backend,
                new ForwardPass.Limits(
                    contextLength, tokens.length, batch, all ? batch : 1, TensorType.F32))) {
      pass.run(
          tokens,
          from,
          tokens.length,
          (position, count, rows) ->
              System.arraycopy(rows, 0, logits, (position - from) * width, count * width));
    }
    return logits;
  }

  private int contextLength(Model opened, int tokens) {
    int contextLength =
        load.contextLength() == 0 ? opened.hyperParameters().contextLength() : load.contextLength();
    if (tokens == 0 || tokens > contextLength) {
      throw new CliException(
          "prompt: expected 1 to %d tokens, got %d; --ctx changes the limit"
              .formatted(contextLength, tokens));
    }
    return contextLength;
  }

  private static int rowElements(int rows, int width) {
    long elements = (long) rows * width;
    if (elements > MAX_ELEMENTS) {
      throw new CliException(
          "logits: expected at most %d numbers, got %d rows of %d; use fewer tokens, or not --all"
              .formatted(MAX_ELEMENTS, rows, width));
    }
    return (int) elements;
  }

  private void print(Tokenizer tokenizer, int position, int token, Distribution distribution) {
    PrintWriter out = context.streams().outWriter();
    out.printf("after position %d, token %d %s%n", position, token, text(tokenizer, token));
    for (int id : distribution.top(top)) {
      out.printf(
          Locale.ROOT,
          "%8d  %10.5f  %8.4f%%  %s%n",
          id,
          distribution.logit(id),
          100 * distribution.probability(id),
          text(tokenizer, id));
    }
  }

  private static String text(Tokenizer tokenizer, int id) {
    return id < tokenizer.vocabularySize() ? Quoted.of(tokenizer.tokenText(id)) : "(padding)";
  }

  private void write(JsonGenerator json, int[] tokens, float[] logits, int vocabularySize)
      throws IOException {
    json.writeStartObject();
    json.writeFieldName("ids");
    json.writeArray(tokens, 0, tokens.length);
    json.writeArrayFieldStart("logits");
    for (int row = 0; row < logits.length / vocabularySize; row++) {
      json.writeStartArray();
      for (int i = 0; i < vocabularySize; i++) {
        json.writeNumber(logits[row * vocabularySize + i]);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
