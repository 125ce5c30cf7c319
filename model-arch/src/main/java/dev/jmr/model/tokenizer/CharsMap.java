package dev.jmr.model.tokenizer;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The replacements of SentencePiece's normalizer (`tokenizer.ggml.precompiled_charsmap`): texts of a character or a few,
/// and what stands in their place.
///
/// The bytes are a little-endian length, that many bytes of a double-array trie over the texts, and the replacements,
/// each with a zero behind it. A unit of the trie has its byte in bits 0 to 7, "a text ends here" in bit 8, and the
/// offset to its children in bits 10 to 30, in units of 256 where bit 9 is set. The child by way of byte `c` of the unit
/// with children at `base` is `base ^ c`, if it has the byte `c`; by way of 0 it is the offset of the replacement.
/// Everything is walked through once when it is read, so that [#match] can neither fail nor run in circles. Immutable.
/// Source: `Darts` of SentencePiece, llama.cpp `xcda_array_view`.
final class CharsMap {
  static final String KEY = "tokenizer.ggml.precompiled_charsmap";
  static final long NONE = -1;

  /// Longer texts or replacements than these no normalization has; without a limit, a text could grow without bound.
  static final int MAX_LENGTH = 256;

  private static final ValueLayout.OfInt UNIT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int NOT_A_BYTE = 1 << 31;

  private final int[] units;
  private final byte[] replacements;

  private CharsMap(int[] units, byte[] replacements) {
    this.units = units;
    this.replacements = replacements;
  }

  /// A map that replaces nothing.
  static CharsMap empty() {
    return new CharsMap(new int[0], new byte[0]);
  }

  /// Reads and checks the bytes of a file.
  ///
  /// @throws TokenizerException if they are cut off, point to places outside, or run in circles
  static CharsMap of(byte[] encoded) {
    if (encoded.length < Integer.BYTES) {
      throw malformed("at least 4 bytes", encoded.length + " bytes");
    }
    MemorySegment bytes = MemorySegment.ofArray(encoded);
    long trieBytes = Integer.toUnsignedLong(bytes.get(UNIT, 0));
    if (trieBytes + Integer.BYTES >= encoded.length) {
      throw malformed(
          "a trie and replacements in %d bytes".formatted(encoded.length),
          "a trie of %d bytes".formatted(trieBytes));
    }
    int[] units = new int[(int) (trieBytes / Integer.BYTES)];
    for (int i = 0; i < units.length; i++) {
      units[i] = bytes.get(UNIT, (long) Integer.BYTES * (i + 1));
    }
    byte[] replacements = bytes.asSlice(Integer.BYTES + trieBytes).toArray(ValueLayout.JAVA_BYTE);
    CharsMap map = new CharsMap(units, replacements);
    map.check();
    return map;
  }

  private void check() {
    if (units.length == 0) {
      return;
    }
    int[] longest = new int[(units.length + 255) & ~255];
    if (longestText(offset(units[0]), 0, longest) > MAX_LENGTH) {
      throw tooLong();
    }
  }

  /// How many bytes the longest way from the children at `base` on has. `longest` remembers it, plus one, for places that
  /// several ways lead to.
  private int longestText(int base, int depth, int[] longest) {
    if (depth > MAX_LENGTH) {
      throw tooLong();
    }
    if (base >= longest.length) {
      return 0;
    }
    if (longest[base] > 0) {
      return longest[base] - 1;
    }
    int result = 0;
    for (int c = 1; c < 256; c++) {
      int child = base ^ c;
      if (child < units.length && isChild(child, c)) {
        int next = child ^ offset(units[child]);
        if (endsText(child)) {
          checkReplacement(next);
        }
        result = Math.max(result, 1 + longestText(next, depth + 1, longest));
      }
    }
    longest[base] = result + 1;
    return result;
  }

  private void checkReplacement(int unit) {
    if (unit >= units.length) {
      throw malformed("an index below %d".formatted(units.length), Integer.toString(unit));
    }
    int from = units[unit] & ~NOT_A_BYTE;
    if (from >= replacements.length) {
      throw malformed("a replacement below %d".formatted(replacements.length), "at " + from);
    }
    int to = from;
    while (to < replacements.length && to - from <= MAX_LENGTH && replacements[to] != 0) {
      to++;
    }
    if (to == replacements.length || to - from > MAX_LENGTH) {
      throw malformed(
          "replacements of at most %d bytes, each with a zero behind it".formatted(MAX_LENGTH),
          "another one at " + from);
    }
  }

  /// The longest text of the map that `text[from, to)` starts with: its length in the upper half, and in the lower half
  /// where among [#replacement] its replacement begins; [#NONE] when there is none.
  long match(byte[] text, int from, int to) {
    long longest = NONE;
    if (units.length == 0) {
      return longest;
    }
    int base = offset(units[0]);
    for (int at = from; at < to; at++) {
      int c = text[at] & 0xFF;
      int unit = base ^ c;
      if (c == 0 || unit >= units.length || !isChild(unit, c)) {
        break;
      }
      base = unit ^ offset(units[unit]);
      if (endsText(unit)) {
        longest = ((long) (at + 1 - from) << 32) | (units[base] & ~NOT_A_BYTE);
      }
    }
    return longest;
  }

  /// Byte `at` of the replacements; the one behind the last of a replacement is zero.
  byte replacement(int at) {
    return replacements[at];
  }

  private boolean isChild(int unit, int c) {
    return (units[unit] & (NOT_A_BYTE | 0xFF)) == c;
  }

  private boolean endsText(int unit) {
    return (units[unit] & (1 << 8)) != 0;
  }

  /// At most 2³⁰, so that no exclusive or with an index becomes negative.
  private static int offset(int unit) {
    return (unit >>> 10) << ((unit & (1 << 9)) >>> 6);
  }

  private static TokenizerException tooLong() {
    return malformed("texts of at most %d bytes".formatted(MAX_LENGTH), "a longer one or a cycle");
  }

  private static TokenizerException malformed(String expected, String actual) {
    return new TokenizerException(
        "%s: expected %s, got %s; download or convert the model again"
            .formatted(KEY, expected, actual));
  }
}
