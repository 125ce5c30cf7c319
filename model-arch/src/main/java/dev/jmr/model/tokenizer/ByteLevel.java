package dev.jmr.model.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The alphabet of byte-level BPE, which writes every byte as a printable character: `Ġ` is the space, `Ċ` the line
/// feed. Source: `bytes_to_unicode` of GPT-2.
final class ByteLevel {
  private static final int NONE = -1;
  private static final char[] CHARACTERS = characters();
  private static final short[] BYTES = bytes();

  private ByteLevel() {}

  private static char[] characters() {
    char[] result = new char[256];
    char free = 256;
    for (int b = 0; b < 256; b++) {
      boolean printable = (b > ' ' && b < 0x7F) || (b > 0xA0 && b != 0xAD);
      result[b] = printable ? (char) b : free++;
    }
    return result;
  }

  private static short[] bytes() {
    short[] result = new short[256 + 68];
    Arrays.fill(result, (short) NONE);
    for (int b = 0; b < 256; b++) {
      result[CHARACTERS[b]] = (short) b;
    }
    return result;
  }

  /// Writes the character of a byte, one or two bytes of UTF-8, to `out` at `at` and returns the end.
  static int encode(byte b, byte[] out, int at) {
    return Utf8.encode(CHARACTERS[b & 0xFF], out, at);
  }

  /// The bytes that a token stands for; its own UTF-8 when it is not written in this alphabet.
  static byte[] decode(byte[] token) {
    byte[] result = new byte[token.length];
    int size = 0;
    String text = new String(token, StandardCharsets.UTF_8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= BYTES.length || BYTES[c] == NONE) {
        return token;
      }
      result[size++] = (byte) BYTES[c];
    }
    return Arrays.copyOf(result, size);
  }
}
