package dev.jmr.model.grammar.schema;

import static dev.jmr.model.grammar.Expression.sequence;
import static dev.jmr.model.grammar.Expression.text;

import dev.jmr.model.grammar.CodePoints;
import dev.jmr.model.grammar.Expression;
import dev.jmr.model.grammar.Expression.Characters;
import dev.jmr.model.grammar.Expression.Repeat;
import dev.jmr.model.grammar.Grammar;
import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.grammar.GrammarLimits;
import dev.jmr.model.grammar.RuleSet;
import dev.jmr.model.grammar.Trigger;
import dev.jmr.model.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Strings that stand as they are, without escapes, up to what closes them: those of dialects that write calls in tags, or
/// between marks of their own.
///
/// @param open what stands before a string
/// @param mark the text, or the token, that a string cannot contain, as it ends there
/// @param close what stands behind a string: white space, `mark`, white space
/// @param afterMark the part of it that stands behind `mark`
/// @param also expressions over characters that every string must match besides, so that it is not read as another value
public record RawStrings(
    Expression open, String mark, Expression close, Expression afterMark, List<Expression> also)
    implements StringNotation {
  private static final int MOST_STATES = 20_000;

  /// What a name may consist of if it is to stand without marks.
  private static final CodePoints WORD =
      CodePoints.range('0', '9')
          .union(CodePoints.range('a', 'z'))
          .union(CodePoints.range('A', 'Z'))
          .union(CodePoints.of('_', '-', '.', '$'));

  public RawStrings {
    also = List.copyOf(also);
  }

  @Override
  public String name() {
    return "raw";
  }

  @Override
  public Expression any(RuleSet rules) {
    return also.isEmpty()
        ? sequence(open, new Trigger(List.of(mark), true, false).before(afterMark))
        : satisfying(JsonObject.EMPTY, "", rules, GrammarLimits.STANDARD);
  }

  @Override
  public Expression satisfying(JsonObject schema, String at, RuleSet rules, GrammarLimits limits) {
    StringRules said = StringRules.of(schema, at, limits);
    boolean free = said.forms().isEmpty() && also.isEmpty();
    if (free && said.anyLength()) {
      return any(rules);
    }
    long states = (1L + (said.max() == Expression.UNBOUNDED ? said.min() : said.max()));
    if (free && states * mark.length() > MOST_STATES) {
      CodePoints others = CodePoints.of(mark.codePointAt(0)).complement();
      return sequence(open, new Repeat(new Characters(others), said.min(), said.max()), close);
    }
    List<Expression> further = new ArrayList<>(also);
    further.add(Texts.without(mark));
    return sequence(open, said.automaton(further, at).graph(Characters::new), close);
  }

  /// @throws GrammarException if it cannot be written so that it would be read as this string
  @Override
  public Expression literal(String value, String at) {
    boolean readable =
        !value.contains(mark)
            && also.stream()
                .allMatch(each -> Grammar.of(each, GrammarLimits.STANDARD).matches(value));
    if (!readable) {
      throw new GrammarException(
          at,
          "expected a string that this model's calls can hold, without '%s', got '%s'"
              .formatted(mark, value));
    }
    return sequence(open, text(value), close);
  }

  @Override
  public Expression member(String name, String at) {
    boolean word = !name.isEmpty() && name.codePoints().allMatch(WORD::contains);
    return word ? text(name) : literal(name, at);
  }

  @Override
  public Expression anyMember(RuleSet rules) {
    return new Repeat(new Characters(WORD), 1, Expression.UNBOUNDED);
  }

  @Override
  public Expression memberExcept(Set<String> names) {
    List<String> all = new ArrayList<>(names);
    all.add("");
    return Texts.except(Set.copyOf(all), WORD);
  }

  @Override
  public Expression memberMatching(String pattern, String at, GrammarLimits limits) {
    return CharacterAutomaton.of(StringRules.pattern(pattern, at, limits), at)
        .and(CharacterAutomaton.of(new Repeat(new Characters(WORD), 1, Expression.UNBOUNDED), at))
        .graph(Characters::new);
  }
}
