package dev.jmr.model.grammar;

import java.util.Arrays;

/// States and labelled edges, growing: what rules look like before they are made deterministic.
final class Nfa {
  static final int NONE = -1;

  /// What an edge consumes.
  enum Kind {
    NOTHING,
    BYTES,
    RULE,
    TOKEN
  }

  private int[] firstEdge = new int[256];
  private int states;
  private Kind[] kind = new Kind[256];
  private int[] label = new int[256];
  private int[] target = new int[256];
  private int[] nextEdge = new int[256];
  private int edges;

  int addState() {
    if (states == firstEdge.length) {
      firstEdge = Arrays.copyOf(firstEdge, states * 2);
    }
    firstEdge[states] = NONE;
    return states++;
  }

  void addEpsilon(int from, int to) {
    addEdge(from, Kind.NOTHING, 0, to);
  }

  void addBytes(int from, int first, int last, int to) {
    addEdge(from, Kind.BYTES, first << 8 | last, to);
  }

  void addRule(int from, int rule, int to) {
    addEdge(from, Kind.RULE, rule, to);
  }

  void addToken(int from, int symbol, int to) {
    addEdge(from, Kind.TOKEN, symbol, to);
  }

  private void addEdge(int from, Kind edgeKind, int edgeLabel, int to) {
    if (edges == label.length) {
      int capacity = edges * 2;
      kind = Arrays.copyOf(kind, capacity);
      label = Arrays.copyOf(label, capacity);
      target = Arrays.copyOf(target, capacity);
      nextEdge = Arrays.copyOf(nextEdge, capacity);
    }
    kind[edges] = edgeKind;
    label[edges] = edgeLabel;
    target[edges] = to;
    nextEdge[edges] = firstEdge[from];
    firstEdge[from] = edges++;
  }

  int states() {
    return states;
  }

  int firstEdge(int state) {
    return firstEdge[state];
  }

  int nextEdge(int edge) {
    return nextEdge[edge];
  }

  Kind kind(int edge) {
    return kind[edge];
  }

  /// The number of the rule or of the token symbol.
  int label(int edge) {
    return label[edge];
  }

  int firstByte(int edge) {
    return label[edge] >> 8;
  }

  int lastByte(int edge) {
    return label[edge] & 0xFF;
  }

  int target(int edge) {
    return target[edge];
  }
}
