package dev.jmr.model.tokenizer;

/// UTF-8 written into a given array, unpaired surrogates as U+FFFD.
final class Utf8 {
  /// The most bytes that one `char` of a string can take.
  static final int MAX_BYTES_PER_CHAR = 3;

  private Utf8() {}

  /// Writes `text[from, to)` to `out` from `at` on and returns the end.
  static int encode(CharSequence text, int from, int to, byte[] out, int at) {
    int end = at;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        out[end++] = (byte) c;
      } else if (!Character.isSurrogate(c)) {
        end = encode(c, out, end);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < to
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        end = encode(Character.toCodePoint(c, text.charAt(++i)), out, end);
      } else {
        end = encode(0xFFFD, out, end);
      }
    }
    return end;
  }

  /// Writes one code point to `out` at `at` and returns the end.
  static int encode(int codePoint, byte[] out, int at) {
    int end = at;
    if (codePoint < 0x80) {
      out[end++] = (byte) codePoint;
    } else if (codePoint < 0x800) {
      out[end++] = (byte) (0xC0 | (codePoint >> 6));
      out[end++] = (byte) (0x80 | (codePoint & 0x3F));
    } else if (codePoint < 0x10000) {
      out[end++] = (byte) (0xE0 | (codePoint >> 12));
      out[end++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
      out[end++] = (byte) (0x80 | (codePoint & 0x3F));
    } else {
      out[end++] = (byte) (0xF0 | (codePoint >> 18));
      out[end++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
      out[end++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
      out[end++] = (byte) (0x80 | (codePoint & 0x3F));
    }
    return end;
  }

  /// How many bytes the character that starts with this byte has; 1 for a byte that starts none.
  static int length(byte first) {
    return switch ((first & 0xFF) >> 4) {
      case 0xC, 0xD -> 2;
      case 0xE -> 3;
      case 0xF -> 4;
      default -> 1;
    };
  }
}
