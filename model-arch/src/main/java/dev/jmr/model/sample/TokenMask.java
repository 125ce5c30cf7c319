package dev.jmr.model.sample;

import java.util.Objects;

/// The tokens that may come next, as bits: what a grammar allows, for instance.
///
/// Read by the thread that samples, once per step, word by word in order: 64 tokens that are all ruled out cost one call.
@FunctionalInterface
public interface TokenMask {
  /// Bit `i` of the word says whether token `64 * index + i` may come next. Bits behind the last token do not count.
  ///
  /// @param index of the word, from 0 to `(vocabularySize - 1) / 64`
  long word(int index);

  /// Whether this token may come next.
  default boolean allows(int token) {
    return (word(token >>> 6) >>> token & 1) != 0;
  }

  /// The mask that these words hold, now and later; they are not copied. Tokens behind the last word are ruled out.
  static TokenMask of(long... words) {
    Objects.requireNonNull(words);
    return index -> index < words.length ? words[index] : 0;
  }
}
