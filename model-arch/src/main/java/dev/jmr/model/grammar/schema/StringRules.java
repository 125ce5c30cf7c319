package dev.jmr.model.grammar.schema;

import dev.jmr.model.grammar.CodePoints;
import dev.jmr.model.grammar.Expression;
import dev.jmr.model.grammar.Expression.Characters;
import dev.jmr.model.grammar.Expression.Repeat;
import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.grammar.GrammarLimits;
import dev.jmr.model.grammar.regex.Regex;
import dev.jmr.model.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// What a schema says of a string.
///
/// @param min number of characters at least
/// @param max number of characters at most; [Expression#UNBOUNDED] if nothing is said
/// @param forms its patterns and formats, over characters
record StringRules(int min, int max, List<Expression> forms) {
  /// @throws GrammarException if a keyword has a wrong value or is beyond a limit
  static StringRules of(JsonObject schema, String at, GrammarLimits limits) {
    int min = Keywords.count(schema, "minLength", 0, at);
    int max = Keywords.count(schema, "maxLength", Expression.UNBOUNDED, at);
    if (max < min) {
      throw new GrammarException(at, "minLength %d exceeds maxLength %d".formatted(min, max));
    }
    checkBound(min, at + "/minLength", limits);
    checkBound(max == Expression.UNBOUNDED ? 0 : max, at + "/maxLength", limits);
    List<Expression> forms = new ArrayList<>();
    for (String pattern : Keywords.texts(schema, "pattern", at)) {
      forms.add(pattern(pattern, at + "/pattern", limits));
    }
    for (String format : Keywords.texts(schema, "format", at)) {
      if (!Formats.isAnnotation(format)) {
        forms.add(format(format, at + "/format", limits));
      }
    }
    return new StringRules(min, max, List.copyOf(forms));
  }

  boolean anyLength() {
    return min == 0 && max == Expression.UNBOUNDED;
  }

  /// All of it at once, and `further` expressions over characters as well.
  ///
  /// @throws GrammarException if it takes too many states
  CharacterAutomaton automaton(List<Expression> further, String at) {
    List<Expression> parts = new ArrayList<>(forms);
    if (!anyLength() || (forms.isEmpty() && further.isEmpty())) {
      parts.add(new Repeat(new Characters(CodePoints.ANY), min, max));
    }
    parts.addAll(further);
    CharacterAutomaton all = CharacterAutomaton.of(parts.getFirst(), at);
    for (Expression part : parts.subList(1, parts.size())) {
      all = all.and(CharacterAutomaton.of(part, at));
    }
    return all;
  }

  static Expression pattern(String pattern, String at, GrammarLimits limits) {
    try {
      return Regex.search(pattern, limits);
    } catch (GrammarException e) {
      throw Keywords.moved(at, e);
    }
  }

  private static Expression format(String format, String at, GrammarLimits limits) {
    String pattern =
        Formats.pattern(format)
            .orElseThrow(() ->
                new GrammarException(
                    at,
                    "format '%s' is not supported; supported: %s"
                        .formatted(format, Formats.names())));
    return Regex.whole(pattern, limits);
  }

  private static void checkBound(int bound, String at, GrammarLimits limits) {
    if (bound > limits.repetitions()) {
      throw new GrammarException(
          at, "expected at most %d, got %d".formatted(limits.repetitions(), bound));
    }
  }
}
