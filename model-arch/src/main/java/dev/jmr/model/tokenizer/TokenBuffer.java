package dev.jmr.model.tokenizer;

import java.util.Arrays;

/// A growing list of token ids.
final class TokenBuffer {
  private int[] ids;
  private int size;

  TokenBuffer(int capacity) {
    ids = new int[Math.max(capacity, 8)];
  }

  void add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, size + (size >> 1));
    }
    ids[size++] = id;
  }

  int size() {
    return size;
  }

  /// Forgets everything from `newSize` on.
  void truncate(int newSize) {
    size = Math.min(size, newSize);
  }

  /// Turns the order of everything from `from` on around.
  void reverse(int from) {
    for (int low = from, high = size - 1; low < high; low++, high--) {
      int id = ids[low];
      ids[low] = ids[high];
      ids[high] = id;
    }
  }

  int[] toArray() {
    return Arrays.copyOf(ids, size);
  }
}
