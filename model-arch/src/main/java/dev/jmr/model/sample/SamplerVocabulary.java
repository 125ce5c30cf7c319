package dev.jmr.model.sample;

import java.util.function.IntFunction;

/// What samplers need to know of the tokens.
///
/// @param size how many there are
/// @param tokenBytes what a token contributes to the text, UTF-8, perhaps a part of a character; empty for control tokens
/// @param endOfGeneration the ids with which a model says that it has finished
public record SamplerVocabulary(int size, IntFunction<byte[]> tokenBytes, int... endOfGeneration) {
  /// @throws IllegalArgumentException if the vocabulary is empty
  public SamplerVocabulary {
    if (size < 1) {
      throw new IllegalArgumentException("vocabulary size: expected 1 or more, got " + size);
    }
  }

  /// Tokens without text, none of which ends a generation.
  public static SamplerVocabulary ofSize(int size) {
    byte[] none = {};
    return new SamplerVocabulary(size, token -> none);
  }
}
