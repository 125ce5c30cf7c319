package dev.jmr.model.grammar.schema;

import dev.jmr.model.grammar.CodePoints;
import dev.jmr.model.grammar.Expression;
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
import dev.jmr.model.grammar.GrammarException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/// An expression over characters, without references, as states and edges: what patterns, formats and lengths become, so
/// that a string can be asked to be all of them at once.
final class CharacterAutomaton {
  private static final int MAX_STATES = 30_000;

  private final String location;
  private final List<List<Edge>> edges = new ArrayList<>();
  private final BitSet ends = new BitSet();

  /// An edge over characters; over none, it is free.
  private record Edge(CodePoints set, boolean free, int target) {}

  private CharacterAutomaton(String location) {
    this.location = location;
  }

  /// @throws GrammarException if it takes too many states
  static CharacterAutomaton of(Expression expression, String location) {
    CharacterAutomaton loose = new CharacterAutomaton(location);
    int start = loose.state();
    int end = loose.state();
    loose.build(expression, start, end);
    loose.ends.set(end);
    return loose.withoutFreeEdges();
  }

  private int state() {
    if (edges.size() == MAX_STATES) {
      throw new GrammarException(
          location,
          "pattern, format and lengths together: expected at most %d states; use smaller bounds"
              .formatted(MAX_STATES));
    }
    edges.add(new ArrayList<>(2));
    return edges.size() - 1;
  }

  private void free(int from, int to) {
    edges.get(from).add(new Edge(CodePoints.NONE, true, to));
  }

  private void build(Expression expression, int from, int to) {
    switch (expression) {
      case Text text -> {
        int at = from;
        for (int c : text.text().codePoints().toArray()) {
          int next = state();
          edges.get(at).add(new Edge(CodePoints.of(c), false, next));
          at = next;
        }
        free(at, to);
      }
      case Characters characters -> edges.get(from).add(new Edge(characters.set(), false, to));
      case Sequence sequence -> {
        int at = from;
        for (Expression part : sequence.parts()) {
          int next = state();
          build(part, at, next);
          at = next;
        }
        free(at, to);
      }
      case Choice choice -> choice.options().forEach(option -> build(option, from, to));
      case Repeat repeat -> repeat(repeat, from, to);
      case Graph graph -> graph(graph, from, to);
      case Reference _, Bytes _, Token _ ->
          throw new GrammarException(location, "expected an expression over characters");
    }
  }

  private void graph(Graph graph, int from, int to) {
    int[] nodes = IntStream.range(0, graph.nodes()).map(_ -> state()).toArray();
    free(from, nodes[graph.start()]);
    for (Step step : graph.steps()) {
      build(step.label(), nodes[step.from()], nodes[step.to()]);
    }
    graph.ends().forEach(end -> free(nodes[end], to));
  }

  private void repeat(Repeat repeat, int from, int to) {
    boolean unbounded = repeat.max() == Expression.UNBOUNDED;
    int at = state();
    free(from, at);
    for (int i = 0; i < (unbounded ? repeat.min() : repeat.max()); i++) {
      if (i >= repeat.min()) {
        free(at, to);
      }
      int next = state();
      build(repeat.part(), at, next);
      at = next;
    }
    if (unbounded) {
      int start = state();
      int end = state();
      free(at, start);
      build(repeat.part(), start, end);
      free(end, at);
    }
    free(at, to);
  }

  private CharacterAutomaton withoutFreeEdges() {
    CharacterAutomaton tight = new CharacterAutomaton(location);
    Map<Integer, Integer> numbers = new HashMap<>();
    ArrayDeque<Integer> open = new ArrayDeque<>();
    numbers.put(0, tight.state());
    open.add(0);
    while (!open.isEmpty()) {
      int origin = open.remove();
      int number = numbers.getOrDefault(origin, 0);
      for (int member : closure(origin)) {
        if (ends.get(member)) {
          tight.ends.set(number);
        }
        for (Edge edge : edges.get(member)) {
          if (!edge.free && !edge.set.isEmpty()) {
            Integer target = numbers.get(edge.target);
            if (target == null) {
              target = tight.state();
              numbers.put(edge.target, target);
              open.add(edge.target);
            }
            tight.edges.get(number).add(new Edge(edge.set, false, target));
          }
        }
      }
      tight.checkEdges();
    }
    return tight;
  }

  private int edgeCount;
  private int counted;

  /// Many states that reach many others for nothing would take more than their number tells.
  private void checkEdges() {
    for (; counted < edges.size() - 1; counted++) {
      edgeCount += edges.get(counted).size();
    }
    if (edgeCount > 10 * MAX_STATES) {
      throw new GrammarException(
          location, "pattern: expected at most %d transitions".formatted(10 * MAX_STATES));
    }
  }

  private Set<Integer> closure(int from) {
    Set<Integer> found = new HashSet<>(Set.of(from));
    ArrayDeque<Integer> open = new ArrayDeque<>(found);
    while (!open.isEmpty()) {
      for (Edge edge : edges.get(open.pop())) {
        if (edge.free && found.add(edge.target)) {
          open.push(edge.target);
        }
      }
    }
    return found;
  }

  /// What both match.
  ///
  /// @throws GrammarException if it takes too many states
  CharacterAutomaton and(CharacterAutomaton other) {
    CharacterAutomaton both = new CharacterAutomaton(location);
    Map<Long, Integer> numbers = new HashMap<>();
    ArrayDeque<Long> open = new ArrayDeque<>();
    both.pair(0, 0, numbers, open);
    while (!open.isEmpty()) {
      long pair = open.remove();
      int a = (int) (pair >> 32);
      int b = (int) pair;
      int number = both.pair(a, b, numbers, open);
      both.ends.set(number, ends.get(a) && other.ends.get(b));
      for (Edge mine : edges.get(a)) {
        for (Edge theirs : other.edges.get(b)) {
          CodePoints set = mine.set.intersect(theirs.set);
          if (!set.isEmpty()) {
            int target = both.pair(mine.target, theirs.target, numbers, open);
            both.edges.get(number).add(new Edge(set, false, target));
          }
        }
      }
      both.checkEdges();
    }
    return both;
  }

  private int pair(int a, int b, Map<Long, Integer> numbers, ArrayDeque<Long> open) {
    long key = (long) a << 32 | b;
    Integer known = numbers.get(key);
    if (known == null) {
      known = state();
      numbers.put(key, known);
      open.add(key);
    }
    return known;
  }

  /// The same, with what each set of characters is written as.
  Graph graph(Function<CodePoints, Expression> label) {
    List<Step> steps = new ArrayList<>();
    for (int from = 0; from < edges.size(); from++) {
      for (Edge edge : edges.get(from)) {
        steps.add(new Step(from, label.apply(edge.set), edge.target));
      }
    }
    Set<Integer> accepting = new HashSet<>();
    ends.stream().forEach(accepting::add);
    return new Graph(edges.size(), steps, 0, accepting);
  }
}
