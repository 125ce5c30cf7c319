package dev.jmr.model.tokenizer;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// The texts of tokens as a tree of bytes, for all tokens that begin at one place of a text.
///
/// Nodes lie level by level, the children of one together and in the order of their bytes, so that a node is its number,
/// a byte, the number of its first child, and the token that ends there: nine bytes, without an object per node. A step
/// costs a binary search over at most 256 bytes, and a text is followed only as far as some token goes.
final class TokenTrie {
  static final int NONE = -1;
  static final int ROOT = 0;

  private int size = 1;
  private byte[] bytes = new byte[1024];
  private int[] firstChild = new int[1024];
  private int[] tokens = new int[1024];

  private TokenTrie() {
    tokens[ROOT] = NONE;
  }

  /// The trie of these tokens; of several with the same text it holds the one with the highest id.
  static TokenTrie of(IntStream ids, IntFunction<byte[]> text) {
    int[] order = ids.toArray();
    byte[][] texts = Arrays.stream(order).mapToObj(text).toArray(byte[][]::new);
    int[] sorted =
        IntStream.range(0, order.length)
            .filter(i -> texts[i].length > 0)
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> texts[i], Arrays::compareUnsigned))
            .mapToInt(Integer::intValue)
            .toArray();
    TokenTrie trie = new TokenTrie();
    trie.build(sorted, texts, order);
    return trie;
  }

  /// Level by level: the texts from `from[node]` to `to[node]` go through the node.
  private void build(int[] sorted, byte[][] texts, int[] ids) {
    int[] from = {0};
    int[] to = {sorted.length};
    int levelStart = ROOT;
    for (int depth = 0; from.length > 0; depth++) {
      int levelEnd = size;
      int open = textsThrough(from, to);
      int[] nextFrom = new int[open];
      int[] nextTo = new int[open];
      for (int node = levelStart; node < levelEnd; node++) {
        firstChild[node] = size;
        int end = to[node - levelStart];
        int at = from[node - levelStart];
        while (at < end && texts[sorted[at]].length == depth) {
          tokens[node] = Math.max(tokens[node], ids[sorted[at++]]);
        }
        while (at < end) {
          byte next = texts[sorted[at]][depth];
          nextFrom[size - levelEnd] = at;
          while (at < end && texts[sorted[at]][depth] == next) {
            at++;
          }
          nextTo[size - levelEnd] = at;
          addNode(next);
        }
      }
      from = Arrays.copyOf(nextFrom, size - levelEnd);
      to = Arrays.copyOf(nextTo, size - levelEnd);
      levelStart = levelEnd;
    }
    firstChild = Arrays.copyOf(firstChild, size + 1);
    firstChild[size] = size;
    bytes = Arrays.copyOf(bytes, size);
    tokens = Arrays.copyOf(tokens, size);
  }

  private static int textsThrough(int[] from, int[] to) {
    int count = 0;
    for (int i = 0; i < from.length; i++) {
      count += to[i] - from[i];
    }
    return count;
  }

  private void addNode(byte next) {
    if (size == tokens.length) {
      int capacity = size << 1;
      bytes = Arrays.copyOf(bytes, capacity);
      firstChild = Arrays.copyOf(firstChild, capacity);
      tokens = Arrays.copyOf(tokens, capacity);
    }
    bytes[size] = next;
    tokens[size++] = NONE;
  }

  /// The node behind `node` by way of this byte, or [#NONE].
  int child(int node, byte next) {
    int wanted = next & 0xFF;
    int low = firstChild[node];
    int high = firstChild[node + 1] - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int found = bytes[middle] & 0xFF;
      if (found == wanted) {
        return middle;
      }
      if (found < wanted) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return NONE;
  }

  /// The token whose text ends at this node, or [#NONE].
  int token(int node) {
    return tokens[node];
  }
}
