package dev.jmr.model.grammar;

import dev.jmr.model.grammar.Expression.Bytes;
import dev.jmr.model.grammar.Expression.Characters;
import dev.jmr.model.grammar.Expression.Choice;
import dev.jmr.model.grammar.Expression.Graph;
import dev.jmr.model.grammar.Expression.Reference;
import dev.jmr.model.grammar.Expression.Repeat;
import dev.jmr.model.grammar.Expression.Sequence;
import dev.jmr.model.grammar.Expression.Step;
import dev.jmr.model.grammar.Expression.Text;
import dev.jmr.model.grammar.Expression.Token;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Rules as one [Nfa]: each has a start and an end. Only what the first rule reaches is built.
///
/// Small rules without loops are copied to where they are used, so that their states need no stack; repetitions of
/// large parts become rules of their own, so that a count costs one state.
final class NfaBuilder {
  private static final int INLINE_COST = 24;
  private static final int INLINE_DEPTH = 16;
  private static final int COPIED_COST = 64;
  private static final int TOO_MUCH = 1 << 20;

  private final Map<String, RuleSet.Rule> rules;
  private final CompileBudget budget;
  private final Map<String, Integer> costs = new HashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<Expression, Integer> repeated = new HashMap<>();
  private final List<RuleSet.Rule> queue = new ArrayList<>();
  private final List<Integer> starts = new ArrayList<>();
  private final List<Integer> ends = new ArrayList<>();
  private final Map<TokenSymbol, Integer> symbols = new LinkedHashMap<>();
  private final Nfa nfa = new Nfa();
  private String location = "";

  NfaBuilder(RuleSet rules, CompileBudget budget) {
    this.rules = rules.rules();
    this.budget = budget;
  }

  /// All rules that are needed, the first one first.
  List<RuleSet.Rule> build(String root) {
    number(find(root));
    for (int rule = 0; rule < queue.size(); rule++) {
      location = queue.get(rule).location();
      int start = nfa.addState();
      int end = nfa.addState();
      starts.add(start);
      ends.add(end);
      build(queue.get(rule).body(), start, end);
    }
    return queue;
  }

  Nfa nfa() {
    return nfa;
  }

  int start(int rule) {
    return starts.get(rule);
  }

  int end(int rule) {
    return ends.get(rule);
  }

  List<TokenSymbol> symbols() {
    return List.copyOf(symbols.keySet());
  }

  /// Whether the rule is used, be it copied.
  boolean used(String name) {
    return numbers.containsKey(name) || costs.containsKey(name);
  }

  private RuleSet.Rule find(String name) {
    RuleSet.Rule rule = rules.get(name);
    if (rule == null) {
      throw new GrammarException(location, "rule '%s' is not defined".formatted(name));
    }
    return rule;
  }

  private int number(RuleSet.Rule rule) {
    Integer known = numbers.get(rule.name());
    return known != null ? known : enqueue(rule.name(), rule);
  }

  private int enqueue(String key, RuleSet.Rule rule) {
    int number = queue.size();
    if (number >= budget.limits().rules()) {
      throw new GrammarException(
          location, "grammar: expected at most %d rules".formatted(budget.limits().rules()));
    }
    numbers.put(key, number);
    queue.add(rule);
    return number;
  }

  private int state() {
    budget.spend(location, 1);
    return nfa.addState();
  }

  private void build(Expression expression, int from, int to) {
    switch (expression) {
      case Text text -> text(text.text().getBytes(StandardCharsets.UTF_8), from, to);
      case Characters characters -> characters(characters.set(), from, to);
      case Bytes bytes -> nfa.addBytes(from, bytes.first(), bytes.last(), to);
      case Sequence sequence -> sequence(sequence.parts(), from, to);
      case Choice choice -> choice.options().forEach(option -> build(option, from, to));
      case Repeat repeat -> repeat(repeat, from, to);
      case Reference reference -> reference(find(reference.rule()), from, to);
      case Token token -> nfa.addToken(from, symbol(token.symbol()), to);
      case Graph graph -> graph(graph, from, to);
    }
  }

  private int symbol(TokenSymbol symbol) {
    return symbols.computeIfAbsent(symbol, _ -> symbols.size());
  }

  private void text(byte[] bytes, int from, int to) {
    int at = from;
    for (int i = 0; i < bytes.length; i++) {
      int next = i == bytes.length - 1 ? to : state();
      nfa.addBytes(at, bytes[i] & 0xFF, bytes[i] & 0xFF, next);
      at = next;
    }
    if (bytes.length == 0) {
      nfa.addEpsilon(from, to);
    }
  }

  private void characters(CodePoints set, int from, int to) {
    Utf8Sequences.forEach(
        set,
        (first, last) -> {
          int at = from;
          for (int i = 0; i < first.length; i++) {
            int next = i == first.length - 1 ? to : state();
            nfa.addBytes(at, first[i], last[i], next);
            at = next;
          }
        });
  }

  private void sequence(List<Expression> parts, int from, int to) {
    int at = from;
    for (int i = 0; i < parts.size(); i++) {
      int next = i == parts.size() - 1 ? to : state();
      build(parts.get(i), at, next);
      at = next;
    }
    if (parts.isEmpty()) {
      nfa.addEpsilon(from, to);
    }
  }

  private void reference(RuleSet.Rule rule, int from, int to) {
    if (cost(rule.name(), 0) <= INLINE_COST) {
      int end = state();
      int start = state();
      nfa.addEpsilon(from, start);
      build(rule.body(), start, end);
      nfa.addEpsilon(end, to);
    } else {
      nfa.addRule(from, number(rule), to);
    }
  }

  private void repeat(Repeat repeat, int from, int to) {
    int max = repeat.max() == Expression.UNBOUNDED ? repeat.min() : repeat.max();
    checkCount(Math.max(max, repeat.min()));
    Expression part = repeat.part();
    int copies = Math.max(1, max);
    long cost = (long) copies * cost(part, 0);
    boolean copied = copies == 1 || cost <= COPIED_COST || part instanceof Reference;
    int rule = copied ? Nfa.NONE : anonymous(part);
    int at = state();
    nfa.addEpsilon(from, at);
    for (int i = 0; i < max; i++) {
      if (i >= repeat.min()) {
        nfa.addEpsilon(at, to);
      }
      int next = state();
      once(part, rule, at, next);
      at = next;
    }
    if (repeat.max() == Expression.UNBOUNDED) {
      int end = state();
      once(part, rule, at, end);
      nfa.addEpsilon(end, at);
    }
    nfa.addEpsilon(at, to);
  }

  private void once(Expression part, int rule, int from, int to) {
    if (rule == Nfa.NONE) {
      int start = state();
      nfa.addEpsilon(from, start);
      build(part, start, to);
    } else {
      nfa.addRule(from, rule, to);
    }
  }

  private int anonymous(Expression part) {
    Integer known = repeated.get(part);
    if (known != null) {
      return known;
    }
    String name = "repetition %d in %s".formatted(repeated.size(), location);
    int number = enqueue(name, new RuleSet.Rule(name, location, part));
    repeated.put(part, number);
    return number;
  }

  private void checkCount(int count) {
    if (count > budget.limits().repetitions()) {
      throw new GrammarException(
          location,
          "repetition: expected at most %d times, got %d"
              .formatted(budget.limits().repetitions(), count));
    }
  }

  private void graph(Graph graph, int from, int to) {
    int[] nodes = new int[graph.nodes()];
    for (int node = 0; node < nodes.length; node++) {
      nodes[node] = state();
    }
    nfa.addEpsilon(from, nodes[graph.start()]);
    for (Step step : graph.steps()) {
      build(step.label(), nodes[step.from()], nodes[step.to()]);
    }
    for (int end : graph.ends()) {
      nfa.addEpsilon(nodes[end], to);
    }
  }

  /// Roughly how many states a copy takes; [#TOO_MUCH] for rules with loops.
  private int cost(String name, int depth) {
    Integer known = costs.get(name);
    if (known != null) {
      return known;
    }
    costs.put(name, TOO_MUCH);
    if (depth > INLINE_DEPTH) {
      return TOO_MUCH;
    }
    int cost = loops(find(name).body(), depth) ? TOO_MUCH : cost(find(name).body(), depth);
    costs.put(name, cost);
    return cost;
  }

  private int cost(Expression expression, int depth) {
    long cost =
        switch (expression) {
          case Text text -> text.text().length();
          case Characters characters -> 1 + characters.set().bounds().length;
          case Bytes _, Token _ -> 1;
          case Sequence sequence -> sum(sequence.parts(), depth);
          case Choice choice -> sum(choice.options(), depth);
          case Repeat repeat ->
              (repeat.max() == Expression.UNBOUNDED ? repeat.min() + 1L : repeat.max() + 1L)
                  * cost(repeat.part(), depth);
          case Reference reference -> Math.min(INLINE_COST, cost(reference.rule(), depth + 1));
          case Graph graph ->
              graph.nodes() + sum(graph.steps().stream().map(Step::label).toList(), depth);
        };
    return (int) Math.min(cost, TOO_MUCH);
  }

  private long sum(List<Expression> parts, int depth) {
    long sum = 1;
    for (Expression part : parts) {
      sum += cost(part, depth);
    }
    return sum;
  }

  private boolean loops(Expression expression, int depth) {
    return switch (expression) {
      case Text _, Characters _, Bytes _, Token _ -> false;
      case Sequence sequence -> sequence.parts().stream().anyMatch(part -> loops(part, depth));
      case Choice choice -> choice.options().stream().anyMatch(option -> loops(option, depth));
      case Repeat repeat -> repeat.max() == Expression.UNBOUNDED || loops(repeat.part(), depth);
      case Reference reference -> cost(reference.rule(), depth + 1) > INLINE_COST;
      case Graph _ -> true;
    };
  }
}
