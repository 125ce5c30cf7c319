package dev.jmr.model.grammar.schema;

import static dev.jmr.model.grammar.Expression.choice;
import static dev.jmr.model.grammar.Expression.optional;
import static dev.jmr.model.grammar.Expression.sequence;
import static dev.jmr.model.grammar.Expression.text;

import dev.jmr.model.grammar.CodePoints;
import dev.jmr.model.grammar.Expression;
import dev.jmr.model.grammar.Expression.Characters;
import dev.jmr.model.grammar.Expression.Choice;
import dev.jmr.model.grammar.Expression.Reference;
import dev.jmr.model.grammar.Expression.Repeat;
import dev.jmr.model.grammar.RuleSet;
import dev.jmr.model.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/// JSON's own syntax as rules, shared by all schemas of a grammar. White space: one space or none behind `{ [ , :` and
/// before `} ] :`, as llama.cpp's grammars allow it, without line ends.
final class JsonText {
  static final Expression SPACE = optional(text(" "));
  static final Expression COLON = sequence(SPACE, text(":"), SPACE);
  static final Expression COMMA = sequence(text(","), SPACE);
  static final Expression NULL = text("null");
  static final Expression BOOLEAN = choice(text("true"), text("false"));

  /// What stands for itself in a string.
  static final CodePoints PLAIN =
      CodePoints.range(' ', 0x10FFFF).minus(CodePoints.of('"', '\\', 0x7F));

  /// Every integer of so many digits is exact as a `double`.
  static final int INTEGER_DIGITS = 15;

  private static final CodePoints DIGIT = CodePoints.range('0', '9');
  private static final Expression DIGITS = new Characters(DIGIT);
  private static final Expression WHOLE =
      choice(
          text("0"),
          sequence(
              new Characters(CodePoints.range('1', '9')),
              new Repeat(DIGITS, 0, INTEGER_DIGITS - 1)));
  static final Expression INTEGER =
      choice(
          text("0"),
          sequence(
              optional(text("-")),
              new Characters(CodePoints.range('1', '9')),
              new Repeat(DIGITS, 0, INTEGER_DIGITS - 1)));

  /// Exponents of up to two digits, so that every number is finite as a `double`.
  static final Expression NUMBER =
      sequence(
          optional(text("-")),
          WHOLE,
          optional(sequence(text("."), new Repeat(DIGITS, 1, INTEGER_DIGITS))),
          optional(
              sequence(
                  Expression.characters('e', 'E'),
                  optional(Expression.characters('+', '-')),
                  new Repeat(DIGITS, 1, 2))));

  private static final String CHARACTER = "json character";
  private static final String STRING = "json string";
  private static final String VALUE = "json value";
  private static final String OBJECT = "json object";
  private static final String ARRAY = "json array";

  private final RuleSet rules;

  JsonText(RuleSet rules) {
    this.rules = rules;
  }

  /// One character of a string, escaped in any way; surrogates in pairs.
  Expression character() {
    return rule(CHARACTER, choice(new Characters(PLAIN), sequence(text("\\"), escape())));
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

  Expression string() {
    return rule(
        STRING, sequence(text("\""), new Repeat(character(), 0, Expression.UNBOUNDED), text("\"")));
  }

  /// A string of so many characters.
  Expression string(int min, int max) {
    return sequence(text("\""), new Repeat(character(), min, max), text("\""));
  }

  Expression value() {
    if (!rules.contains(VALUE)) {
      rules.add(
          VALUE,
          "#",
          choice(new Reference(OBJECT), new Reference(ARRAY), string(), NUMBER, BOOLEAN, NULL));
      object();
      array();
    }
    return new Reference(VALUE);
  }

  Expression object() {
    Expression member = sequence(string(), COLON, new Reference(VALUE));
    rule(OBJECT, enclosed("{", separated(member), "}"));
    value();
    return new Reference(OBJECT);
  }

  Expression array() {
    rule(ARRAY, enclosed("[", separated(new Reference(VALUE)), "]"));
    value();
    return new Reference(ARRAY);
  }

  private static Expression separated(Expression part) {
    return sequence(part, new Repeat(sequence(COMMA, part), 0, Expression.UNBOUNDED));
  }

  /// What may be nothing, in brackets.
  private static Expression enclosed(String open, Expression content, String close) {
    return sequence(text(open), SPACE, optional(sequence(content, SPACE)), text(close));
  }

  private Expression rule(String name, Expression body) {
    if (!rules.contains(name)) {
      rules.add(name, "#", body);
    }
    return new Reference(name);
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

  /// A text as a JSON string.
  static Expression quoted(String value) {
    StringBuilder quoted = new StringBuilder();
    JsonWriter.string(value, quoted);
    return text(quoted.toString());
  }
}
