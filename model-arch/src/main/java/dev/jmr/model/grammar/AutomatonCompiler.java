package dev.jmr.model.grammar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Rules to an [Automaton]: refuses what can never end and what begins with itself.
final class AutomatonCompiler {
  private final CompileBudget budget;
  private final NfaBuilder builder;
  private final List<RuleSet.Rule> rules;
  private final List<MutableState> states = new ArrayList<>();
  private final int[] entries;
  private final boolean[] nullable;

  AutomatonCompiler(RuleSet ruleSet, String root, CompileBudget budget) {
    this.budget = budget;
    this.builder = new NfaBuilder(ruleSet, budget);
    this.rules = builder.build(root);
    this.entries = new int[rules.size()];
    this.nullable = new boolean[rules.size()];
  }

  boolean used(String rule) {
    return builder.used(rule);
  }

  Automaton compile() {
    findNullable();
    Determinizer determinizer = new Determinizer(builder.nfa(), nullable, states, budget);
    for (int rule = 0; rule < entries.length; rule++) {
      entries[rule] =
          determinizer.compile(builder.start(rule), builder.end(rule), rules.get(rule).location());
    }
    int[] ranks = ranks();
    removeDeadEnds();
    Automaton.Rule[] compiled = new Automaton.Rule[entries.length];
    for (int rule = 0; rule < entries.length; rule++) {
      compiled[rule] = new Automaton.Rule(rules.get(rule).name(), entries[rule], ranks[rule]);
    }
    Automaton.State[] frozen =
        states.stream().map(MutableState::freeze).toArray(Automaton.State[]::new);
    ByteClasses classes = ByteClasses.of(frozen);
    return new Automaton(
        frozen, compiled, nullable[0], classes.byteClass(), classes.bytes(), builder.symbols());
  }

  /// Rules that match the empty text, until no more are found.
  private void findNullable() {
    boolean changed = true;
    while (changed) {
      changed = false;
      budget.checkTime("");
      for (int rule = 0; rule < nullable.length; rule++) {
        if (!nullable[rule] && reachesEndForNothing(rule)) {
          nullable[rule] = true;
          changed = true;
        }
      }
    }
  }

  private boolean reachesEndForNothing(int rule) {
    Nfa nfa = builder.nfa();
    ArrayDeque<Integer> open = new ArrayDeque<>(List.of(builder.start(rule)));
    Set<Integer> seen = new HashSet<>(open);
    while (!open.isEmpty()) {
      int state = open.pop();
      if (state == builder.end(rule)) {
        return true;
      }
      for (int edge = nfa.firstEdge(state); edge != Nfa.NONE; edge = nfa.nextEdge(edge)) {
        boolean free =
            switch (nfa.kind(edge)) {
              case NOTHING -> true;
              case RULE -> nullable[nfa.label(edge)];
              case BYTES, TOKEN -> false;
            };
        if (free && seen.add(nfa.target(edge))) {
          open.push(nfa.target(edge));
        }
      }
    }
    return false;
  }

  /// Takes away every edge from which no end can be reached.
  private void removeDeadEnds() {
    boolean[] live = new boolean[states.size()];
    boolean[] liveRule = new boolean[entries.length];
    boolean changed = true;
    while (changed) {
      changed = false;
      budget.checkTime("");
      for (int state = live.length - 1; state >= 0; state--) {
        if (!live[state] && states.get(state).reachesEnd(live, liveRule)) {
          live[state] = true;
          changed = true;
        }
      }
      for (int rule = 0; rule < entries.length; rule++) {
        liveRule[rule] = live[entries[rule]];
      }
    }
    if (!liveRule[0] && !nullable[0]) {
      RuleSet.Rule dead = firstDeadRule(liveRule);
      throw new GrammarException(
          dead.location(),
          "'%s' can never end: expected a way to finish it in finite text".formatted(dead.name()));
    }
    for (MutableState state : states) {
      state.keep(live, liveRule);
    }
  }

  /// The first rule that dies of itself rather than of the rules behind it, as far as can be told.
  private RuleSet.Rule firstDeadRule(boolean[] liveRule) {
    int dead = 0;
    for (int rule = 0; rule < liveRule.length; rule++) {
      if (!liveRule[rule] && !nullable[rule]) {
        dead = rule;
      }
    }
    return rules.get(dead);
  }

  /// Ranks such that a rule that begins with another has a lower one.
  private int[] ranks() {
    int[] ranks = new int[entries.length];
    Arrays.fill(ranks, -1);
    int next = entries.length;
    boolean[] open = new boolean[entries.length];
    ArrayDeque<int[]> path = new ArrayDeque<>();
    for (int root = 0; root < entries.length; root++) {
      if (ranks[root] < 0) {
        path.push(new int[] {root, 0});
        open[root] = true;
      }
      while (!path.isEmpty()) {
        int[] at = path.element();
        List<int[]> begins = states.get(entries[at[0]]).rules;
        if (at[1] == begins.size()) {
          ranks[at[0]] = --next;
          open[at[0]] = false;
          path.pop();
        } else {
          int rule = begins.get(at[1]++)[0];
          if (open[rule]) {
            throw leftRecursion(rules.get(rule));
          }
          if (ranks[rule] < 0) {
            open[rule] = true;
            path.push(new int[] {rule, 0});
          }
        }
      }
    }
    return ranks;
  }

  private static GrammarException leftRecursion(RuleSet.Rule rule) {
    return new GrammarException(
        rule.location(),
        "'%s' begins with itself (left recursion): expected something in front; write a repetition instead"
            .formatted(rule.name()));
  }
}
