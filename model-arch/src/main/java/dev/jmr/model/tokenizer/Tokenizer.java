package dev.jmr.model.tokenizer;

import java.util.BitSet;
import java.util.OptionalInt;

/// Text to token ids and back, for one vocabulary.
///
/// Immutable and safe for use by any number of threads. Ids given by a caller are checked: an id outside
/// `[0, vocabularySize())` raises [TokenizerException]. Made by [Tokenizers#of].
public interface Tokenizer {

  /// The token ids of `text`. Unpaired surrogates count as U+FFFD. A text that itself starts with the BOS token and is
  /// encoded with both options on gets two of them: whether that is meant is the caller's to know.
  default int[] encode(String text, EncodeOptions options) {
    return encode(text, options, new BitSet());
  }

  /// As [#encode(String, EncodeOptions)], where no special token begins at the places in `literal`.
  int[] encode(String text, EncodeOptions options, BitSet literal);

  /// The places in `text` where the text of a control token begins.
  BitSet controlTokens(String text);

  /// The text of a whole sequence that starts at the beginning of the text; control tokens contribute nothing. Spaces
  /// before punctuation stay as they are, where llama.cpp's `detokenize` takes them away for some vocabularies.
  String decode(int... ids);

  /// A new decoder that turns ids into text one at a time. Not for use by several threads.
  StreamingDecoder decoder(DecodeOptions options);

  /// The bytes that a token contributes to the text, a new array; empty for control, unknown and unused tokens. One
  /// token may hold a part of a UTF-8 character only.
  byte[] tokenBytes(int id);

  /// The token as it stands in the vocabulary, e.g. `Ġhello`, `▁hello`, `<|eot_id|>`.
  String tokenText(int id);

  /// What kind of token this is.
  TokenType type(int id);

  /// The id of the token that stands in the vocabulary as `text` (see [#tokenText]), of whatever type.
  OptionalInt idOf(String text);

  /// How many tokens there are; ids run from 0 to one less.
  int vocabularySize();

  /// The tokens with a meaning: beginning, end, end of turn, padding.
  SpecialTokens specialTokens();
}
