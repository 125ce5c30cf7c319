package dev.jmr.model.tokenizer;

import dev.jmr.gguf.GgufMetadata;
import java.util.List;
import java.util.function.Function;

/// The families of tokenizers, by the name that GGUF has for them.
public final class Tokenizers {
  private static final String MODEL = "tokenizer.ggml.model";
  private static final String PRE = "tokenizer.ggml.pre";

  /// One family: its `tokenizer.ggml.model`, and what reads it.
  private record Family(String model, Function<GgufMetadata, Tokenizer> reader) {}

  private static final List<Family> FAMILIES =
      List.of(
          new Family("llama", SpmTokenizer::of),
          new Family("gpt2", metadata -> bpe(metadata, "missing")),
          new Family("gemma4", metadata -> CharacterBpeTokenizer.of(metadata, PreTokenizer.GEMMA4)),
          new Family("whitespace", metadata -> bpe(metadata, "whitespace")),
          new Family("bert", WordPieceTokenizer::of),
          new Family("t5", UnigramTokenizer::of),
          new Family("rwkv", RwkvTokenizer::of),
          new Family("plamo2", PlamoTokenizer::of));

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

  private static Tokenizer bpe(GgufMetadata metadata, String defaultPreTokenizer) {
    PreTokenizer preTokenizer = PreTokenizer.of(metadata.string(PRE).orElse(defaultPreTokenizer));
    return preTokenizer.mergesCharacters()
        ? CharacterBpeTokenizer.of(metadata, preTokenizer)
        : BpeTokenizer.of(metadata, preTokenizer);
  }

  private static String names() {
    return String.join(", ", FAMILIES.stream().map(Family::model).toList());
  }
}
