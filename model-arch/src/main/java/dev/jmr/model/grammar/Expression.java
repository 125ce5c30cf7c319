package dev.jmr.model.grammar;

import java.util.List;
import java.util.Set;

/// What a rule of a grammar matches. Immutable.
public sealed interface Expression {
  /// [Repeat#max] without an end.
  int UNBOUNDED = Integer.MAX_VALUE;

  /// Matches the empty text.
  Expression EMPTY = new Sequence(List.of());

  /// Exactly this text.
  record Text(String text) implements Expression {}

  /// One of these characters.
  record Characters(CodePoints set) implements Expression {}

  /// One byte from `first` to `last`, be it a whole character or not.
  record Bytes(int first, int last) implements Expression {}

  /// One after the other.
  record Sequence(List<Expression> parts) implements Expression {
    public Sequence {
      parts = List.copyOf(parts);
    }
  }

  /// One of these; of none, nothing matches.
  record Choice(List<Expression> options) implements Expression {
    public Choice {
      options = List.copyOf(options);
    }
  }

  /// From `min` to `max` times, `max` included; [#UNBOUNDED] for any number.
  record Repeat(Expression part, int min, int max) implements Expression {}

  /// What another rule matches.
  record Reference(String rule) implements Expression {}

  /// One token.
  record Token(TokenSymbol symbol) implements Expression {}

  /// A step between two nodes of a [Graph].
  record Step(int from, Expression label, int to) {}

  /// Any path from `start` to one of `ends`.
  record Graph(int nodes, List<Step> steps, int start, Set<Integer> ends) implements Expression {
    public Graph {
      steps = List.copyOf(steps);
      ends = Set.copyOf(ends);
    }
  }

  static Expression text(String text) {
    return new Text(text);
  }

  static Expression sequence(Expression... parts) {
    return new Sequence(List.of(parts));
  }

  static Expression choice(Expression... options) {
    return new Choice(List.of(options));
  }

  static Expression optional(Expression part) {
    return new Repeat(part, 0, 1);
  }

  static Expression characters(int... codePoints) {
    return new Characters(CodePoints.of(codePoints));
  }
}
