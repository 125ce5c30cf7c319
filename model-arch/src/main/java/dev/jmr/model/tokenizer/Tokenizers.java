package dev.jmr.model.tokenizer;

import dev.jmr.gguf.GgufMetadata;
import java.util.List;
import java.util.function.Function;

/// The families of tokenizers, by the name that GGUF has for them.
public final class Tokenizers {
  private static final String MODEL = "tokenizer.ggml.model";

  /// One family: its `tokenizer.ggml.model`, and what reads it.
  private record Family(String model, Function<GgufMetadata, Tokenizer> reader) {}

  private static final List<Family> FAMILIES =
      List.of(
          new Family("llama", SpmTokenizer::of),
          new Family("gpt2", BpeTokenizer::of),
          new Family("gemma4", Gemma4Tokenizer::of),
          new Family("bert", WordPieceTokenizer::of));

  private Tokenizers() {}

  /// The tokenizer that the metadata of a model describes.
  ///
  /// @throws UnsupportedTokenizerException if we do not have this family
  /// @throws TokenizerException if the vocabulary is incomplete or contradicts itself
  /// @throws dev.jmr.gguf.GgufException if a value is of another type than it must be
  public static Tokenizer of(GgufMetadata metadata) {
    String model =
        metadata
            .string(MODEL)
            .orElseThrow(() ->
                new TokenizerException(MODEL + ": expected one of " + names() + ", got nothing"));
    for (Family family : FAMILIES) {
      if (family.model.equals(model)) {
        return family.reader.apply(metadata);
      }
    }
    throw new UnsupportedTokenizerException(
        "%s: tokenizer '%s' is not supported; supported: %s".formatted(MODEL, model, names()));
  }

  private static String names() {
    return String.join(", ", FAMILIES.stream().map(Family::model).toList());
  }
}
