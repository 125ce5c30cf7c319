package dev.jmr.model.tokenizer;

import java.text.Normalizer;
import java.util.Arrays;

/// Cuts a text into words as BERT does: at whitespace, and around every punctuation mark and Chinese character; control
/// characters fall away, and, as asked for, accents and capitals.
///
/// Source: `BertNormalizer` and `BertPreTokenizer` of Hugging Face tokenizers. Accents are marks of all three kinds, as
/// in llama.cpp; other than there, a character is taken apart whole, as the models were trained: Hangul into all of its
/// letters.
final class WordPieceNormalizer {
  /// Takes the words of a text.
  interface Words {
    /// The word in UTF-8, `▁` in front, in the first `length` bytes; the array belongs to the caller.
    void word(byte[] word, int length);
  }

  private static final int WORD_START = '▁';

  private final boolean lowercase;
  private final boolean stripAccents;
  private byte[] word = new byte[256];
  private int length;

  WordPieceNormalizer(boolean lowercase, boolean stripAccents) {
    this.lowercase = lowercase;
    this.stripAccents = stripAccents;
  }

  void words(String text, Words words) {
    String normal = stripAccents ? Normalizer.normalize(text, Normalizer.Form.NFD) : text;
    length = 0;
    int codePoint;
    for (int i = 0; i < normal.length(); i += Character.charCount(codePoint)) {
      codePoint = normal.codePointAt(i);
      if (isWhitespace(codePoint)) {
        finish(words);
      } else if (standsAlone(codePoint)) {
        finish(words);
        append(codePoint);
        finish(words);
      } else if (!isDropped(codePoint)) {
        append(lowercase ? Character.toLowerCase(codePoint) : codePoint);
      }
    }
    finish(words);
  }

  private void finish(Words words) {
    if (length > 0) {
      words.word(word, length);
      length = 0;
    }
  }

  private void append(int codePoint) {
    if (length + 8 > word.length) {
      word = Arrays.copyOf(word, word.length << 1);
    }
    if (length == 0) {
      length = Utf8.encode(WORD_START, word, 0);
    }
    length = Utf8.encode(codePoint, word, length);
  }

  /// `text` with each character in its small form, one for one.
  static String lowercase(String text) {
    return text.codePoints()
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  static boolean isWhitespace(int c) {
    return Character.isSpaceChar(c) || (c >= '\t' && c <= '\r') || c == 0x85;
  }

  private boolean isDropped(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> true;
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          stripAccents;
      default -> c == 0xFFFD;
    };
  }

  private static boolean standsAlone(int c) {
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      case Character.MATH_SYMBOL, Character.CURRENCY_SYMBOL, Character.MODIFIER_SYMBOL -> c < 0x7F;
      default -> isChinese(c);
    };
  }

  private static boolean isChinese(int c) {
    return (c >= 0x4E00 && c <= 0x9FFF)
        || (c >= 0x3400 && c <= 0x4DBF)
        || (c >= 0x20000 && c <= 0x2A6DF)
        || (c >= 0x2A700 && c <= 0x2B81F)
        || (c >= 0x2B920 && c <= 0x2CEAF)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0x2F800 && c <= 0x2FA1F);
  }
}
