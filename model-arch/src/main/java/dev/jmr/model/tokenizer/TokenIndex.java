package dev.jmr.model.tokenizer;

/// Finds a token by its bytes: an open-addressed hash over the packed texts of a vocabulary, without an object per
/// token. The hash can be computed step by step, so that the caller may extend a text byte by byte.
final class TokenIndex {
  static final int NONE = -1;
  static final int EMPTY_HASH = 0x811C9DC5;
  private static final int PRIME = 0x01000193;

  private final byte[] packed;
  private final int[] starts;
  private final int[] slots;
  private final int mask;

  /// An empty index over texts `packed[starts[id], starts[id + 1])`, of which [#add] enters each.
  TokenIndex(byte[] packed, int[] starts) {
    this.packed = packed;
    this.starts = starts;
    int capacity = Math.max(16, Integer.highestOneBit(starts.length) << 2);
    this.slots = new int[capacity];
    this.mask = capacity - 1;
  }

  /// Enters a token; returns the id of the token that has the same text already, or [#NONE].
  int add(int id) {
    int from = starts[id];
    int to = starts[id + 1];
    int slot = slot(hash(EMPTY_HASH, packed, from, to));
    for (int other = slots[slot]; other != 0; other = slots[slot]) {
      if (matches(other - 1, packed, from, to)) {
        return other - 1;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = id + 1;
    return NONE;
  }

  int find(byte[] text, int from, int to) {
    return find(hash(EMPTY_HASH, text, from, to), text, from, to);
  }

  /// The token with the bytes `text[from, to)`, whose hash the caller knows.
  int find(int hash, byte[] text, int from, int to) {
    int slot = slot(hash);
    for (int id = slots[slot]; id != 0; id = slots[slot]) {
      if (matches(id - 1, text, from, to)) {
        return id - 1;
      }
      slot = (slot + 1) & mask;
    }
    return NONE;
  }

  static int hash(int hash, byte[] text, int from, int to) {
    int result = hash;
    for (int i = from; i < to; i++) {
      result = (result ^ text[i]) * PRIME;
    }
    return result;
  }

  static int hash(int hash, byte next) {
    return (hash ^ next) * PRIME;
  }

  private int slot(int hash) {
    int mixed = hash * 0x9E3779B9;
    return (mixed ^ (mixed >>> 15)) & mask;
  }

  private boolean matches(int id, byte[] text, int from, int to) {
    int start = starts[id];
    if (starts[id + 1] - start != to - from) {
      return false;
    }
    for (int i = from, j = start; i < to; i++, j++) {
      if (text[i] != packed[j]) {
        return false;
      }
    }
    return true;
  }
}
