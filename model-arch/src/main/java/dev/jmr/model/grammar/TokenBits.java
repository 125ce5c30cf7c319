package dev.jmr.model.grammar;

import java.util.Arrays;

/// A set of token ids, as bits where there are many and as a list where there are few. Immutable.
final class TokenBits {
  private final long[] bits;
  private final int[] few;

  private TokenBits(long[] bits, int... few) {
    this.bits = bits;
    this.few = few;
  }

  /// @param mask a bit for each id; copied
  static TokenBits of(long... mask) {
    int count = 0;
    for (long word : mask) {
      count += Long.bitCount(word);
    }
    if (count > mask.length) {
      return new TokenBits(mask.clone());
    }
    int[] ids = new int[count];
    int next = 0;
    for (int word = 0; word < mask.length; word++) {
      for (long rest = mask[word]; rest != 0; rest &= rest - 1) {
        ids[next++] = word << 6 | Long.numberOfTrailingZeros(rest);
      }
    }
    return new TokenBits(new long[0], ids);
  }

  void addTo(long... mask) {
    for (int word = 0; word < bits.length; word++) {
      mask[word] |= bits[word];
    }
    for (int id : few) {
      set(mask, id);
    }
  }

  /// Roughly what it takes in memory.
  int bytes() {
    return bits.length * 8 + few.length * 4 + 64;
  }

  static void set(long[] mask, int id) {
    mask[id >>> 6] |= 1L << id;
  }

  static void clear(long... mask) {
    Arrays.fill(mask, 0);
  }

  static boolean get(long[] mask, int id) {
    return (mask[id >>> 6] >>> id & 1) != 0;
  }
}
