package dev.jmr.model.tokenizer;

import dev.jmr.gguf.GgufMetadata;
import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalInt;

/// What all families share: special tokens are cut out of the text first, and the text between them is left to the
/// family.
abstract class VocabularyTokenizer implements Tokenizer {
  private static final byte[] NOTHING = {};

  private final Vocabulary vocabulary;
  private final SpecialTokens specialTokens;
  private final SpecialTokenMatcher special;
  private final SpecialTokenMatcher userDefined;
  private final SpecialTokenMatcher control;
  private final StripRules strip;

  VocabularyTokenizer(GgufMetadata metadata, SpecialTokensReader.Result tokens) {
    this.vocabulary = tokens.vocabulary();
    this.specialTokens = tokens.specialTokens();
    this.special =
        new SpecialTokenMatcher(
            vocabulary,
            type ->
                switch (type) {
                  case CONTROL, USER_DEFINED, UNKNOWN -> true;
                  case NORMAL, UNUSED, BYTE, UNDEFINED -> false;
                });
    this.userDefined = new SpecialTokenMatcher(vocabulary, type -> type == TokenType.USER_DEFINED);
    this.control =
        new SpecialTokenMatcher(
            vocabulary, type -> type == TokenType.CONTROL || type == TokenType.UNKNOWN);
    this.strip = StripRules.of(metadata, vocabulary, special);
  }

  /// Encodes pieces of one text in which no special token is left. Made anew for every text, used by one thread.
  interface PieceEncoder {
    /// Adds the tokens of `text[from, to)`, which is not empty.
    ///
    /// @param afterSpecial whether the piece stands at the beginning of the text or behind a special token
    void encode(int from, int to, boolean afterSpecial);
  }

  abstract PieceEncoder pieceEncoder(String text, TokenBuffer out);

  /// The bytes that a token of type [TokenType#NORMAL] stands for.
  abstract byte[] normalBytes(byte[] token);

  /// Whether the first word of a text gets a space that is not in the text.
  abstract boolean startsWithSpace();

  /// Adds what stands before the text where special tokens are asked for.
  void begin(TokenBuffer out) {
    if (specialTokens.addBos()) {
      out.add(specialTokens.id(SpecialToken.BOS));
    }
  }

  /// Adds what stands after the text where special tokens are asked for.
  void end(TokenBuffer out) {
    if (specialTokens.addEos()) {
      out.add(specialTokens.id(SpecialToken.EOS));
    }
  }

  final Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public final int[] encode(String text, EncodeOptions options, BitSet literal) {
    TokenBuffer out = new TokenBuffer(text.length() / 3);
    if (options.addSpecial()) {
      begin(out);
    }
    encode(text, options.parseSpecial() ? special : userDefined, literal, out);
    if (options.addSpecial()) {
      end(out);
    }
    return out.toArray();
  }

  @Override
  public final BitSet controlTokens(String text) {
    BitSet places = new BitSet();
    for (int at = control.nextCandidate(text, 0);
        at < text.length();
        at = control.nextCandidate(text, at + 1)) {
      if (control.longestAt(text, at) != SpecialTokenMatcher.NONE) {
        places.set(at);
      }
    }
    return places;
  }

  private void encode(String text, SpecialTokenMatcher matcher, BitSet literal, TokenBuffer out) {
    PieceEncoder pieces = pieceEncoder(text, out);
    int start = 0;
    boolean afterSpecial = true;
    int at = matcher.nextCandidate(text, 0);
    while (at < text.length()) {
      int id = literal.get(at) ? SpecialTokenMatcher.NONE : matcher.longestAt(text, at);
      if (id == SpecialTokenMatcher.NONE) {
        at = matcher.nextCandidate(text, at + 1);
        continue;
      }
      int end = strip.textEnd(id, text, start, at);
      if (end > start) {
        pieces.encode(start, end, afterSpecial);
      }
      out.add(id);
      afterSpecial = true;
      start = strip.textStart(id, text, at + vocabulary.text(id).length());
      at = matcher.nextCandidate(text, start);
    }
    if (start < text.length()) {
      pieces.encode(start, text.length(), afterSpecial);
    }
  }

  @Override
  public final String decode(int... ids) {
    StreamingDecoder decoder = decoder(DecodeOptions.TEXT);
    StringBuilder text = new StringBuilder(ids.length * 4);
    for (int id : ids) {
      text.append(decoder.accept(id));
    }
    return text.append(decoder.flush()).toString();
  }

  @Override
  public final StreamingDecoder decoder(DecodeOptions options) {
    return new StreamingDecoder(this, options);
  }

  @Override
  public final byte[] tokenBytes(int id) {
    return switch (vocabulary.type(id)) {
      case NORMAL -> normalBytes(vocabulary.bytes(id));
      case USER_DEFINED -> vocabulary.bytes(id);
      case BYTE -> ByteTokens.decode(vocabulary.bytes(id));
      case CONTROL, UNKNOWN, UNUSED, UNDEFINED -> NOTHING;
    };
  }

  /// As [#tokenBytes], with control and unknown tokens as they stand in the vocabulary.
  final byte[] bytesWithSpecial(int id) {
    return switch (vocabulary.type(id)) {
      case CONTROL, UNKNOWN -> vocabulary.bytes(id);
      case NORMAL, USER_DEFINED, BYTE, UNUSED, UNDEFINED -> tokenBytes(id);
    };
  }

  @Override
  public final String tokenText(int id) {
    return vocabulary.text(id);
  }

  @Override
  public final TokenType type(int id) {
    return vocabulary.type(id);
  }

  @Override
  public final OptionalInt idOf(String text) {
    int id = vocabulary.find(text);
    return id == TokenIndex.NONE ? OptionalInt.empty() : OptionalInt.of(id);
  }

  @Override
  public final int vocabularySize() {
    return vocabulary.size();
  }

  @Override
  public final SpecialTokens specialTokens() {
    return specialTokens;
  }

  /// `token` with every `▁` as the space that it stands for.
  static byte[] withSpaces(byte[] token) {
    byte[] result = new byte[token.length];
    int size = 0;
    for (int i = 0; i < token.length; i++) {
      boolean escaped =
          i + 2 < token.length
              && token[i] == (byte) 0xE2
              && token[i + 1] == (byte) 0x96
              && token[i + 2] == (byte) 0x81;
      result[size++] = escaped ? (byte) ' ' : token[i];
      i += escaped ? 2 : 0;
    }
    return Arrays.copyOf(result, size);
  }
}
