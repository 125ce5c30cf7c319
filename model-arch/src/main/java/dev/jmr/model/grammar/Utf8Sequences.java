package dev.jmr.model.grammar;

/// Ranges of characters as sequences of ranges of bytes.
final class Utf8Sequences {
  private static final int[] LAST_OF_LENGTH = {0x7F, 0x7FF, 0xFFFF, 0x10FFFF};

  /// Takes a sequence of byte ranges: any byte of the first, then any byte of the second, and so on.
  interface Sink {
    void accept(int[] first, int[] last);
  }

  private Utf8Sequences() {}

  static void forEach(CodePoints set, Sink sink) {
    int[] bounds = set.bounds();
    for (int i = 0; i < bounds.length; i += 2) {
      int first = bounds[i];
      for (int length = 0; length < LAST_OF_LENGTH.length && first <= bounds[i + 1]; length++) {
        int last = Math.min(bounds[i + 1], LAST_OF_LENGTH[length]);
        if (first <= last) {
          split(first, last, length, sink);
          first = last + 1;
        }
      }
    }
  }

  /// Cuts until all but the last differing byte are equal or whole ranges. `more` is the number of continuation bytes.
  private static void split(int first, int last, int more, Sink sink) {
    for (int i = 1; i <= more; i++) {
      int mask = (1 << (6 * i)) - 1;
      if ((first & ~mask) == (last & ~mask)) {
        continue;
      }
      if ((first & mask) != 0) {
        split(first, first | mask, more, sink);
        split((first | mask) + 1, last, more, sink);
        return;
      }
      if ((last & mask) != mask) {
        split(first, (last & ~mask) - 1, more, sink);
        split(last & ~mask, last, more, sink);
        return;
      }
    }
    sink.accept(encode(first, more), encode(last, more));
  }

  private static int[] encode(int codePoint, int more) {
    int[] bytes = new int[more + 1];
    int rest = codePoint;
    for (int i = more; i > 0; i--) {
      bytes[i] = 0x80 | (rest & 0x3F);
      rest >>= 6;
    }
    bytes[0] = more == 0 ? rest : (0xFF00 >> (more + 1) & 0xFF) | rest;
    return bytes;
  }
}
