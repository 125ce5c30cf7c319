package dev.jmr.model.chat.constraint;

import dev.jmr.model.chat.output.ValueKind;
import dev.jmr.model.grammar.CodePoints;
import dev.jmr.model.grammar.Expression;
import dev.jmr.model.grammar.Expression.Characters;
import dev.jmr.model.grammar.Expression.Repeat;
import dev.jmr.model.grammar.schema.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Bare texts that would be read as numbers, words, arrays or objects where these may stand, too.
final class Lookalikes {
  private static final Set<String> WORDS = Set.of("true", "false", "null", "True", "False", "None");

  /// What [String#strip] takes away.
  private static final CodePoints SPACE =
      CodePoints.of(IntStream.rangeClosed(0, 0xFFFF).filter(Character::isWhitespace).toArray());

  private Lookalikes() {}

  /// What a bare text must match to be read as a string.
  ///
  /// @param kinds what its parameter may be; empty if that is not known
  /// @return expressions over characters
  static List<Expression> excluded(Set<ValueKind> kinds) {
    if (kinds.equals(Set.of(ValueKind.STRING))) {
      return List.of();
    }
    List<Expression> all = new ArrayList<>();
    all.add(notBegun(kinds));
    if (may(kinds, ValueKind.BOOLEAN) || may(kinds, ValueKind.NULL)) {
      all.add(Texts.except(WORDS, CodePoints.ANY));
    }
    return all;
  }

  private static boolean may(Set<ValueKind> kinds, ValueKind kind) {
    return kinds.isEmpty() || kinds.contains(kind);
  }

  /// Nothing, or texts that neither begin like another value nor begin or end with white space.
  private static Expression notBegun(Set<ValueKind> kinds) {
    CodePoints first = SPACE.complement();
    if (may(kinds, ValueKind.NUMBER) || may(kinds, ValueKind.INTEGER)) {
      first = first.minus(CodePoints.range('0', '9').union(CodePoints.of('-')));
    }
    if (may(kinds, ValueKind.ARRAY)) {
      first = first.minus(CodePoints.of('['));
    }
    if (may(kinds, ValueKind.OBJECT)) {
      first = first.minus(CodePoints.of('{'));
    }
    Expression rest =
        Expression.sequence(
            new Repeat(new Characters(CodePoints.ANY), 0, Expression.UNBOUNDED),
            new Characters(SPACE.complement()));
    return Expression.optional(
        Expression.sequence(new Characters(first), Expression.optional(rest)));
  }
}
