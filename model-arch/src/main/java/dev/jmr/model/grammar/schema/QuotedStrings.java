package dev.jmr.model.grammar.schema;

import static dev.jmr.model.grammar.Expression.choice;
import static dev.jmr.model.grammar.Expression.sequence;
import static dev.jmr.model.grammar.Expression.text;

import dev.jmr.model.grammar.CodePoints;
import dev.jmr.model.grammar.Expression;
import dev.jmr.model.grammar.Expression.Characters;
import dev.jmr.model.grammar.Expression.Choice;
import dev.jmr.model.grammar.Expression.Repeat;
import dev.jmr.model.grammar.GrammarLimits;
import dev.jmr.model.grammar.RuleSet;
import dev.jmr.model.json.JsonValue.JsonObject;
import dev.jmr.model.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// JSON's strings. With a pattern or a format, each character is written in its canonical form ([#escaped]).
final class QuotedStrings implements StringNotation {
  static final QuotedStrings JSON = new QuotedStrings();

  /// What stands for itself.
  private static final CodePoints PLAIN =
      CodePoints.range(' ', 0x10FFFF).minus(CodePoints.of('"', '\\', 0x7F));

  private static final String CHARACTER = "json character";
  private static final String STRING = "json string";

  private QuotedStrings() {}

  @Override
  public String name() {
    return "json";
  }

  @Override
  public Expression any(RuleSet rules) {
    return rules.shared(
        STRING,
        () ->
            sequence(
                text("\""), new Repeat(character(rules), 0, Expression.UNBOUNDED), text("\"")));
  }

  /// One character, escaped in any way; surrogates in pairs.
  private static Expression character(RuleSet rules) {
    return rules.shared(
        CHARACTER, () -> choice(new Characters(PLAIN), sequence(text("\\"), escape())));
  }

  private static Expression escape() {
    CodePoints hex =
        CodePoints.range('0', '9')
            .union(CodePoints.range('a', 'f'))
            .union(CodePoints.range('A', 'F'));
    Expression anyHex = new Characters(hex);
    Expression notSurrogate =
        choice(
            sequence(new Characters(hex.minus(CodePoints.of('d', 'D'))), anyHex),
            sequence(Expression.characters('d', 'D'), new Characters(CodePoints.range('0', '7'))));
    Expression high =
        sequence(
            Expression.characters('d', 'D'), Expression.characters('8', '9', 'a', 'b', 'A', 'B'));
    Expression low =
        sequence(
            Expression.characters('d', 'D'),
            Expression.characters('c', 'd', 'e', 'f', 'C', 'D', 'E', 'F'));
    Expression two = sequence(anyHex, anyHex);
    return choice(
        Expression.characters('"', '\\', '/', 'b', 'f', 'n', 'r', 't'),
        sequence(
            text("u"),
            choice(sequence(notSurrogate, two), sequence(high, two, text("\\u"), low, two))));
  }

  @Override
  public Expression satisfying(JsonObject schema, String at, RuleSet rules, GrammarLimits limits) {
    StringRules said = StringRules.of(schema, at, limits);
    if (!said.forms().isEmpty()) {
      return quoted(said.automaton(List.of(), at));
    }
    return said.anyLength()
        ? any(rules)
        : sequence(text("\""), new Repeat(character(rules), said.min(), said.max()), text("\""));
  }

  private static Expression quoted(CharacterAutomaton characters) {
    return sequence(text("\""), characters.graph(QuotedStrings::escaped), text("\""));
  }

  /// One of these characters as [JsonWriter] writes it: escaped only if it must be.
  static Expression escaped(CodePoints set) {
    List<Expression> options = new ArrayList<>();
    options.add(new Characters(set.intersect(PLAIN)));
    CodePoints special = set.minus(PLAIN);
    for (int i = 0; i < special.bounds().length; i += 2) {
      for (int c = special.bounds()[i]; c <= special.bounds()[i + 1]; c++) {
        StringBuilder escape = new StringBuilder();
        JsonWriter.escape(c, escape);
        options.add(text(escape.toString()));
      }
    }
    return new Choice(options);
  }

  @Override
  public Expression literal(String value, String at) {
    StringBuilder quoted = new StringBuilder();
    JsonWriter.string(value, quoted);
    return text(quoted.toString());
  }

  @Override
  public Expression member(String name, String at) {
    return literal(name, at);
  }

  @Override
  public Expression anyMember(RuleSet rules) {
    return any(rules);
  }

  /// Of characters that need no escape: so that a name has one form only.
  @Override
  public Expression memberExcept(Set<String> names) {
    return sequence(text("\""), Texts.except(names, PLAIN), text("\""));
  }

  @Override
  public Expression memberMatching(String pattern, String at, GrammarLimits limits) {
    return quoted(CharacterAutomaton.of(StringRules.pattern(pattern, at, limits), at));
  }
}
