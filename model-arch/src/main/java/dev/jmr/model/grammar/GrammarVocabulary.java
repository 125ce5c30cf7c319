package dev.jmr.model.grammar;

import dev.jmr.model.tokenizer.TokenType;
import dev.jmr.model.tokenizer.Tokenizer;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// The tokens of a model as grammars see them: bytes, those that end a generation, and names. Made once for a model
/// (a few hundred milliseconds for 128k tokens), shared by all grammars. Immutable.
public final class GrammarVocabulary {
  private final byte[][] bytes;
  private final int[] endOfGeneration;
  private final Function<String, OptionalInt> names;
  private final VocabularyTrie trie;

  /// @param size ids run from 0 to one less
  /// @param bytes what each token adds to the text; empty for tokens that a grammar must name to allow
  /// @param names the token that stands in the vocabulary as this text
  /// @param endOfGeneration allowed where the text may end, and only there
  public GrammarVocabulary(
      int size,
      IntFunction<byte[]> bytes,
      Function<String, OptionalInt> names,
      int... endOfGeneration) {
    this.bytes = IntStream.range(0, size).mapToObj(bytes).toArray(byte[][]::new);
    this.endOfGeneration = endOfGeneration.clone();
    this.names = names;
    for (int id : endOfGeneration) {
      this.bytes[id] = new byte[0];
    }
    this.trie =
        new VocabularyTrie(
            IntStream.range(0, size).filter(id -> this.bytes[id].length > 0), id -> this.bytes[id]);
  }

  /// The vocabulary of a tokenizer. Control tokens and the like have no text here.
  public static GrammarVocabulary of(Tokenizer tokenizer) {
    return new GrammarVocabulary(
        tokenizer.vocabularySize(),
        id -> tokenizer.type(id) == TokenType.UNUSED ? new byte[0] : tokenizer.tokenBytes(id),
        tokenizer::idOf,
        tokenizer.specialTokens().endOfGeneration());
  }

  public int size() {
    return bytes.length;
  }

  /// How many `long`s a bit set over all ids takes.
  public int maskLength() {
    return (bytes.length + 63) >>> 6;
  }

  byte[] bytes(int id) {
    return bytes[id];
  }

  boolean endsGeneration(int id) {
    for (int end : endOfGeneration) {
      if (end == id) {
        return true;
      }
    }
    return false;
  }

  int[] endOfGeneration() {
    return endOfGeneration;
  }

  OptionalInt find(String name) {
    return names.apply(name);
  }

  VocabularyTrie trie() {
    return trie;
  }
}
