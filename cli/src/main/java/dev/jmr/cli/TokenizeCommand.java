package dev.jmr.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.jmr.gguf.Gguf;
import dev.jmr.model.tokenizer.EncodeOptions;
import dev.jmr.model.tokenizer.Tokenizer;
import dev.jmr.model.tokenizer.Tokenizers;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jmr tokenize`: the tokens of a text.
@Command(
    name = "tokenize",
    sortOptions = false,
    description = "Shows the tokens that the model sees instead of a text.")
final class TokenizeCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A model of the store, or a GGUF file.")
  private String model = "";

  @Parameters(
      index = "1",
      paramLabel = "TEXT",
      description = "The text; '-' reads the standard input.")
  private String text = "";

  @Option(names = "--ids", description = "Only the ids, separated by commas.")
  private boolean ids;

  @Option(names = "--json", description = "As JSON.")
  private boolean asJson;

  @Option(names = "--no-bos", description = "Without the special tokens around a text.")
  private boolean plain;

  @Option(names = "--no-special", description = "Take '<|eot_id|>' and the like as mere text.")
  private boolean literal;

  TokenizeCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Tokenizer tokenizer;
    try (Gguf gguf = Gguf.open(LocatedModel.of(context, model).file())) {
      tokenizer = Tokenizers.of(gguf.metadata());
    }
    String input = text.equals("-") ? context.streams().readAll() : text;
    int[] tokens = tokenizer.encode(input, new EncodeOptions(!plain, !literal));
    if (asJson) {
      Json.print(context.streams(), json -> write(json, tokenizer, tokens));
    } else if (ids) {
      context
          .streams()
          .outWriter()
          .println(
              Arrays.stream(tokens).mapToObj(Integer::toString).collect(Collectors.joining(",")));
    } else {
      for (int token : tokens) {
        context
            .streams()
            .outWriter()
            .printf("%8d  %s%n", token, Quoted.of(tokenizer.tokenText(token)));
      }
    }
    return 0;
  }

  private void write(JsonGenerator json, Tokenizer tokenizer, int[] tokens) throws IOException {
    if (ids) {
      json.writeArray(tokens, 0, tokens.length);
      return;
    }
    json.writeStartArray();
    for (int token : tokens) {
      json.writeStartObject();
      json.writeNumberField("id", token);
      json.writeStringField("token", tokenizer.tokenText(token));
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
