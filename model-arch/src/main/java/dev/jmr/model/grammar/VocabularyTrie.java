package dev.jmr.model.grammar;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// The bytes of all tokens as a tree, laid out in the order of a walk: children behind their parent, each subtree in one
/// piece. Tokens lie in the same order, so that those of a subtree are neighbours, too. Immutable.
final class VocabularyTrie {
  static final int ROOT = 0;

  private byte[] label = new byte[1024];
  private short[] depth = new short[1024];
  private int[] end = new int[1024];
  private int[] firstToken = new int[1024];
  private final int[] tokens;
  private int size;
  private int deepest;

  /// @param ids the tokens that have text
  VocabularyTrie(IntStream ids, IntFunction<byte[]> bytes) {
    int[] given = ids.toArray();
    byte[][] texts = Arrays.stream(given).mapToObj(bytes).toArray(byte[][]::new);
    Integer[] order = IntStream.range(0, given.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparing((Integer i) -> texts[i], Arrays::compareUnsigned));
    tokens = Arrays.stream(order).mapToInt(i -> given[i]).toArray();
    build(Arrays.stream(order).map(i -> texts[i]).toArray(byte[][]::new));
  }

  private void build(byte[]... sorted) {
    int[] path = new int[Short.MAX_VALUE];
    int open = 0;
    add((byte) 0, 0, 0);
    byte[] before = {};
    for (int token = 0; token < sorted.length; token++) {
      byte[] text = sorted[token];
      int common = Arrays.mismatch(before, text);
      int shared = common < 0 ? text.length : common;
      while (open > shared) {
        end[path[open--]] = size;
      }
      for (int i = shared; i < text.length; i++) {
        path[++open] = size;
        add(text[i], i + 1, token);
      }
      before = text;
    }
    while (open > 0) {
      end[path[open--]] = size;
    }
    end[ROOT] = size;
    label = Arrays.copyOf(label, size);
    depth = Arrays.copyOf(depth, size);
    end = Arrays.copyOf(end, size);
    firstToken = Arrays.copyOf(firstToken, size + 1);
    firstToken[size] = sorted.length;
  }

  private void add(byte next, int level, int token) {
    if (size == label.length) {
      label = Arrays.copyOf(label, size * 2);
      depth = Arrays.copyOf(depth, size * 2);
      end = Arrays.copyOf(end, size * 2);
      firstToken = Arrays.copyOf(firstToken, size * 2);
    }
    label[size] = next;
    depth[size] = (short) level;
    firstToken[size] = token;
    deepest = Math.max(deepest, level);
    size++;
  }

  int size() {
    return size;
  }

  /// Bytes of the longest token.
  int deepest() {
    return deepest;
  }

  /// The byte that leads to a node.
  byte label(int node) {
    return label[node];
  }

  int depth(int node) {
    return depth[node];
  }

  /// The node behind the subtree of a node.
  int end(int node) {
    return end[node];
  }

  /// Where the tokens of a node begin in [#token]; they end where those of the next node begin.
  int firstToken(int node) {
    return firstToken[node];
  }

  int token(int index) {
    return tokens[index];
  }
}
