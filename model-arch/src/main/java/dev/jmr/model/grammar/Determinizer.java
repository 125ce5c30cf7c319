package dev.jmr.model.grammar;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Makes one rule after another deterministic over bytes, rules and tokens by the subset construction; a rule that
/// would become too large by it keeps its choices.
final class Determinizer {
  private static final int GROWTH = 8;
  private static final int SMALL = 2000;

  private final Nfa nfa;
  private final boolean[] nullable;
  private final List<MutableState> states;
  private final CompileBudget budget;
  private final int[] seen;
  private int stamp;
  private int[] stack = new int[64];
  private int[] found = new int[64];

  /// A set of states of the NFA, ascending.
  private record Subset(int[] members) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Subset set && Arrays.equals(members, set.members);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(members);
    }
  }

  Determinizer(Nfa nfa, boolean[] nullable, List<MutableState> states, CompileBudget budget) {
    this.nfa = nfa;
    this.nullable = nullable;
    this.states = states;
    this.budget = budget;
    this.seen = new int[nfa.states()];
  }

  /// The entry of the rule between two states.
  int compile(int start, int end, String location) {
    int before = states.size();
    int reachable = reachable(start);
    int entry = subsets(start, end, location, Math.max(SMALL, GROWTH * reachable));
    if (entry == Nfa.NONE) {
      states.subList(before, states.size()).clear();
      entry = choices(start, end, location);
    }
    if (!states.get(entry).end) {
      return entry;
    }
    states.add(states.get(entry).copyWithoutEnd());
    return states.size() - 1;
  }

  private int reachable(int start) {
    stamp++;
    ArrayDeque<Integer> open = new ArrayDeque<>(List.of(start));
    seen[start] = stamp;
    int count = 0;
    while (!open.isEmpty()) {
      int state = open.pop();
      count++;
      for (int edge = nfa.firstEdge(state); edge != Nfa.NONE; edge = nfa.nextEdge(edge)) {
        if (seen[nfa.target(edge)] != stamp) {
          seen[nfa.target(edge)] = stamp;
          open.push(nfa.target(edge));
        }
      }
    }
    return count;
  }

  private int subsets(int start, int end, String location, int limit) {
    Map<Subset, Integer> numbers = new HashMap<>();
    ArrayDeque<Subset> open = new ArrayDeque<>();
    int first = states.size();
    number(closure(start), numbers, open, location);
    while (!open.isEmpty()) {
      if (numbers.size() > limit) {
        return Nfa.NONE;
      }
      Subset subset = open.remove();
      MutableState state = states.get(numbers.getOrDefault(subset, first));
      state.end = Arrays.binarySearch(subset.members, end) >= 0;
      Edges edges = edges(subset);
      edges.bytes((from, to, targets) ->
          state.bytes.add(new int[] {from, to, number(closure(targets), numbers, open, location)}));
      edges.rules.forEach((rule, targets) ->
          state.rules.add(
              new int[] {rule, number(closure(targets.toArray()), numbers, open, location)}));
      edges.symbols.forEach((symbol, targets) ->
          state.symbols.add(
              new int[] {symbol, number(closure(targets.toArray()), numbers, open, location)}));
    }
    return first;
  }

  private int number(
      Subset subset, Map<Subset, Integer> numbers, ArrayDeque<Subset> open, String location) {
    Integer known = numbers.get(subset);
    if (known != null) {
      return known;
    }
    budget.spend(location, 1);
    int number = states.size();
    states.add(new MutableState());
    numbers.put(subset, number);
    open.add(subset);
    return number;
  }

  /// Each state of the NFA with edges stands for itself.
  private int choices(int start, int end, String location) {
    Map<Integer, Integer> numbers = new HashMap<>();
    ArrayDeque<Integer> open = new ArrayDeque<>();
    int entry = single(start, numbers, open, location);
    while (!open.isEmpty()) {
      int origin = open.remove();
      MutableState state = states.get(numbers.getOrDefault(origin, entry));
      for (int member : closure(origin).members) {
        state.end |= member == end;
        for (int edge = nfa.firstEdge(member); edge != Nfa.NONE; edge = nfa.nextEdge(edge)) {
          if (nfa.kind(edge) == Nfa.Kind.NOTHING) {
            continue;
          }
          int target = single(nfa.target(edge), numbers, open, location);
          if (nfa.kind(edge) == Nfa.Kind.BYTES) {
            state.bytes.add(new int[] {nfa.firstByte(edge), nfa.lastByte(edge), target});
          } else if (nfa.kind(edge) == Nfa.Kind.RULE) {
            state.rules.add(new int[] {nfa.label(edge), target});
          } else {
            state.symbols.add(new int[] {nfa.label(edge), target});
          }
        }
      }
      budget.spend(location, state.bytes.size());
    }
    return entry;
  }

  private int single(
      int origin, Map<Integer, Integer> numbers, ArrayDeque<Integer> open, String location) {
    Integer known = numbers.get(origin);
    if (known != null) {
      return known;
    }
    budget.spend(location, 1);
    states.add(new MutableState());
    numbers.put(origin, states.size() - 1);
    open.add(origin);
    return states.size() - 1;
  }

  /// What can be reached for nothing, past rules that match the empty text.
  private Subset closure(int... from) {
    stamp++;
    int open = 0;
    int count = 0;
    for (int state : from) {
      if (seen[state] != stamp) {
        seen[state] = stamp;
        stack = room(stack, open);
        stack[open++] = state;
      }
    }
    while (open > 0) {
      int state = stack[--open];
      found = room(found, count);
      found[count++] = state;
      for (int edge = nfa.firstEdge(state); edge != Nfa.NONE; edge = nfa.nextEdge(edge)) {
        int target = nfa.target(edge);
        boolean free =
            switch (nfa.kind(edge)) {
              case NOTHING -> true;
              case RULE -> nullable[nfa.label(edge)];
              case BYTES, TOKEN -> false;
            };
        if (free && seen[target] != stamp) {
          seen[target] = stamp;
          stack = room(stack, open);
          stack[open++] = target;
        }
      }
    }
    int[] members = Arrays.copyOf(found, count);
    Arrays.sort(members);
    return new Subset(members);
  }

  private static int[] room(int[] array, int index) {
    return index < array.length ? array : Arrays.copyOf(array, array.length * 2);
  }

  private Edges edges(Subset subset) {
    Edges edges = new Edges();
    for (int member : subset.members) {
      for (int edge = nfa.firstEdge(member); edge != Nfa.NONE; edge = nfa.nextEdge(edge)) {
        int target = nfa.target(edge);
        switch (nfa.kind(edge)) {
          case NOTHING -> {}
          case BYTES -> edges.add(nfa.firstByte(edge), nfa.lastByte(edge), target);
          case RULE -> edges.rules.computeIfAbsent(nfa.label(edge), _ -> new IntList()).add(target);
          case TOKEN ->
              edges.symbols.computeIfAbsent(nfa.label(edge), _ -> new IntList()).add(target);
        }
      }
    }
    return edges;
  }

  /// What leaves a subset.
  private static final class Edges {
    final Map<Integer, IntList> rules = new TreeMap<>();
    final Map<Integer, IntList> symbols = new TreeMap<>();
    private final IntList ranges = new IntList();

    /// Takes the targets of all bytes from `first` to `last`.
    interface RangeSink {
      void accept(int first, int last, int[] targets);
    }

    void add(int first, int last, int target) {
      ranges.add(first);
      ranges.add(last);
      ranges.add(target);
    }

    /// Cuts the ranges so that none overlap.
    void bytes(RangeSink sink) {
      boolean[] cut = new boolean[257];
      int[] all = ranges.toArray();
      for (int i = 0; i < all.length; i += 3) {
        cut[all[i]] = true;
        cut[all[i + 1] + 1] = true;
      }
      for (int first = 0; first < 256; ) {
        int next = first + 1;
        while (next < 256 && !cut[next]) {
          next++;
        }
        IntList targets = new IntList();
        for (int i = 0; i < all.length; i += 3) {
          if (all[i] <= first && first <= all[i + 1]) {
            targets.add(all[i + 2]);
          }
        }
        if (targets.size() > 0) {
          sink.accept(first, next - 1, targets.toArray());
        }
        first = next;
      }
    }
  }
}
