package dev.jmr.model.grammar;

import java.util.ArrayList;
import java.util.List;

/// A state of an [Automaton] while it is being made.
final class MutableState {
  boolean end;

  /// First byte, last byte, target.
  final List<int[]> bytes = new ArrayList<>(2);

  /// Rule, target.
  final List<int[]> rules = new ArrayList<>(0);

  /// Symbol, target.
  final List<int[]> symbols = new ArrayList<>(0);

  /// The same edges, without the end.
  MutableState copyWithoutEnd() {
    MutableState copy = new MutableState();
    copy.bytes.addAll(bytes);
    copy.rules.addAll(rules);
    copy.symbols.addAll(symbols);
    return copy;
  }

  boolean reachesEnd(boolean[] live, boolean[] liveRule) {
    return end
        || bytes.stream().anyMatch(edge -> live[edge[2]])
        || symbols.stream().anyMatch(edge -> live[edge[1]])
        || rules.stream().anyMatch(edge -> live[edge[1]] && liveRule[edge[0]]);
  }

  void keep(boolean[] live, boolean[] liveRule) {
    bytes.removeIf(edge -> !live[edge[2]]);
    symbols.removeIf(edge -> !live[edge[1]]);
    rules.removeIf(edge -> !live[edge[1]] || !liveRule[edge[0]]);
  }

  Automaton.State freeze() {
    return new Automaton.State(
        end,
        column(bytes, 0),
        column(bytes, 1),
        column(bytes, 2),
        column(rules, 0),
        column(rules, 1),
        column(symbols, 0),
        column(symbols, 1));
  }

  private static int[] column(List<int[]> rows, int column) {
    return rows.stream().mapToInt(row -> row[column]).toArray();
  }
}
