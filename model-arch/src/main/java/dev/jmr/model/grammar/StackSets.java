package dev.jmr.model.grammar;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/// Moves sets of stacks through an [Automaton], and remembers each move: what was once reached is found again by one look
/// into an array. Not for use by several threads.
///
/// Stacks that differ only far below share what lies on top and are moved once, so that an ambiguous grammar costs no
/// more than a few times its states at each byte.
final class StackSets {
  /// Stacks do not grow beyond this: a grammar that nests deeper has nothing to go on with.
  static final int MAX_DEPTH = 1000;

  private static final int MAX_REMEMBERED = 30_000;

  final StackSet nothing = new StackSet(false, new int[0]);
  final StackSet end = new StackSet(true, new int[0]);

  private final Automaton automaton;
  private final Map<StackSet, StackSet> sets = new HashMap<>();
  private final Map<Pair, StackSet> unions = new HashMap<>();

  private record Pair(StackSet a, StackSet b) {}

  StackSets(Automaton automaton) {
    this.automaton = automaton;
  }

  /// Where the text begins.
  StackSet start() {
    Closure closure = new Closure();
    closure.bottom = automaton.rootNullable();
    closure.enter(0, end);
    return closure.close();
  }

  /// One state, with nothing known of what lies below: where it is left, the set has the empty stack.
  StackSet alone(int state) {
    return intern(new StackSet(false, new int[] {state}, end));
  }

  /// What follows a byte; [#nothing] if it is not allowed.
  StackSet step(StackSet set, byte next) {
    int byteClass = automaton.byteClass()[next & 0xFF] & 0xFF;
    if (set.next.length == 0) {
      set.next = new StackSet[automaton.classBytes().length];
    }
    StackSet known = set.next[byteClass];
    if (known != null) {
      return known;
    }
    StackSet result = compute(set, automaton.classBytes()[byteClass]);
    set.next[byteClass] = result;
    return result;
  }

  private StackSet compute(StackSet set, int next) {
    Closure closure = new Closure();
    for (int i = 0; i < set.tops.length; i++) {
      Automaton.State state = automaton.states()[set.tops[i]];
      for (int edge = 0; edge < state.byteTarget().length; edge++) {
        if (state.firstByte()[edge] <= next && next <= state.lastByte()[edge]) {
          closure.add(state.byteTarget()[edge], set.below[i]);
        }
      }
    }
    return closure.close();
  }

  /// What follows a token that is named by the symbols of this set.
  StackSet stepToken(StackSet set, IntPredicate matches) {
    Closure closure = new Closure();
    for (int i = 0; i < set.tops.length; i++) {
      Automaton.State state = automaton.states()[set.tops[i]];
      for (int edge = 0; edge < state.symbol().length; edge++) {
        if (matches.test(state.symbol()[edge])) {
          closure.add(state.afterSymbol()[edge], set.below[i]);
        }
      }
    }
    return closure.close();
  }

  /// The closed set when the states of `set` are returned to.
  StackSet returned(StackSet set) {
    StackSet known = set.returned;
    if (known == null) {
      Closure closure = new Closure();
      closure.bottom = set.bottom;
      for (int i = 0; i < set.tops.length; i++) {
        closure.add(set.tops[i], set.below[i]);
      }
      known = closure.close();
      set.returned = known;
    }
    return known;
  }

  /// The stacks of both.
  StackSet union(StackSet a, StackSet b) {
    if (a.equals(b) || b.isEmpty()) {
      return a;
    }
    if (a.isEmpty()) {
      return b;
    }
    Pair pair = new Pair(a, b);
    StackSet known = unions.get(pair);
    if (known == null) {
      Closure both = new Closure();
      both.addAll(a);
      both.addAll(b);
      known = both.close();
      unions.put(pair, known);
    }
    return known;
  }

  private StackSet intern(StackSet set) {
    if (set.isEmpty()) {
      return nothing;
    }
    if (set.bottom && set.tops.length == 0) {
      return end;
    }
    StackSet known = sets.putIfAbsent(set, set);
    return known == null ? set : known;
  }

  /// Forgets what was reached when it has become much. Sets in use live on; they are just not found again.
  void trim() {
    if (sets.size() > MAX_REMEMBERED || unions.size() > MAX_REMEMBERED) {
      sets.clear();
      unions.clear();
    }
  }

  /// Collects stacks, and goes into rules until every state on top consumes something.
  private final class Closure {
    private final TreeMap<Integer, StackSet> tops = new TreeMap<>();
    private final TreeMap<Integer, Integer> pending = new TreeMap<>();
    private final Map<Integer, StackSet> parents = new HashMap<>();
    private boolean bottom;

    void add(int number, StackSet below) {
      Automaton.State state = automaton.states()[number];
      if (state.consumes()) {
        tops.merge(number, below, StackSets.this::union);
      }
      if (state.end()) {
        addAll(returned(below));
      }
      for (int edge = 0; edge < state.rule().length; edge++) {
        int after = state.afterRule()[edge];
        StackSet parent =
            automaton.states()[after].onlyEnds()
                ? below
                : intern(new StackSet(false, new int[] {after}, below));
        enter(state.rule()[edge], parent);
      }
    }

    void enter(int rule, StackSet parent) {
      if (parent.depth <= MAX_DEPTH) {
        pending.put(automaton.rules()[rule].rank(), rule);
        parents.merge(rule, parent, StackSets.this::union);
      }
    }

    void addAll(StackSet closed) {
      bottom |= closed.bottom;
      for (int i = 0; i < closed.tops.length; i++) {
        tops.merge(closed.tops[i], closed.below[i], StackSets.this::union);
      }
    }

    /// A rule is entered once, when all who enter it are known.
    StackSet close() {
      while (!pending.isEmpty()) {
        int rule = pending.pollFirstEntry().getValue();
        StackSet parent = parents.getOrDefault(rule, nothing);
        add(automaton.rules()[rule].entry(), parent);
      }
      int[] states = tops.keySet().stream().mapToInt(Integer::intValue).toArray();
      return intern(new StackSet(bottom, states, tops.values().toArray(StackSet[]::new)));
    }
  }
}
