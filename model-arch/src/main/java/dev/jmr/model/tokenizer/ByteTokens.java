package dev.jmr.model.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// The tokens that stand for one byte each, written `<0x0A>`: what remains where no other token fits.
final class ByteTokens {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final int[] ids;

  private ByteTokens(int... ids) {
    this.ids = ids;
  }

  /// The byte tokens of a vocabulary, and none for the bytes that it lacks.
  static ByteTokens written(Vocabulary vocabulary) {
    int[] ids = new int[256];
    for (int b = 0; b < ids.length; b++) {
      ids[b] = vocabulary.find("<0x" + HEX.toHexDigits((byte) b) + ">");
    }
    return new ByteTokens(ids);
  }

  /// The byte tokens of a vocabulary. Where one is missing the token that consists of this byte takes its place, then
  /// the unknown token.
  static ByteTokens withFallback(Vocabulary vocabulary, int unknown) {
    int[] ids = written(vocabulary).ids;
    for (int b = 0; b < ids.length; b++) {
      if (ids[b] == TokenIndex.NONE) {
        int id = vocabulary.index().find(new byte[] {(byte) b}, 0, 1);
        ids[b] = id == TokenIndex.NONE ? unknown : id;
      }
    }
    return new ByteTokens(ids);
  }

  /// Whether every byte has a token.
  boolean complete() {
    return Arrays.stream(ids).noneMatch(id -> id == SpecialTokens.NONE);
  }

  /// Adds the tokens of `text[from, to)`; a byte that no token can express is left out.
  void addAll(byte[] text, int from, int to, TokenBuffer out) {
    for (int i = from; i < to; i++) {
      int id = ids[text[i] & 0xFF];
      if (id != SpecialTokens.NONE) {
        out.add(id);
      }
    }
  }

  /// The byte that a byte token stands for; its own text when it is not written like one.
  static byte[] decode(byte[] token) {
    if (token.length == 6 && token[0] == '<' && token[1] == '0' && token[2] == 'x') {
      String digits = new String(token, 3, 2, StandardCharsets.ISO_8859_1);
      if (HexFormat.isHexDigit(digits.charAt(0)) && HexFormat.isHexDigit(digits.charAt(1))) {
        return new byte[] {(byte) HexFormat.fromHexDigits(digits)};
      }
    }
    return Arrays.copyOf(token, token.length);
  }
}
