package dev.jmr.model.grammar.schema;

import static dev.jmr.model.grammar.Expression.choice;
import static dev.jmr.model.grammar.Expression.optional;
import static dev.jmr.model.grammar.Expression.sequence;
import static dev.jmr.model.grammar.Expression.text;

import dev.jmr.model.grammar.CodePoints;
import dev.jmr.model.grammar.Expression;
import dev.jmr.model.grammar.Expression.Characters;
import dev.jmr.model.grammar.Expression.Reference;
import dev.jmr.model.grammar.Expression.Repeat;
import dev.jmr.model.grammar.Expression.Sequence;
import dev.jmr.model.grammar.RuleSet;
import dev.jmr.model.json.JsonValue;
import dev.jmr.model.json.JsonValue.JsonArray;
import dev.jmr.model.json.JsonValue.JsonBoolean;
import dev.jmr.model.json.JsonValue.JsonNull;
import dev.jmr.model.json.JsonValue.JsonNumber;
import dev.jmr.model.json.JsonValue.JsonObject;
import dev.jmr.model.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// JSON's own syntax as rules, shared by all schemas of a grammar. White space: one space or none behind `{ [ , :` and
/// before `} ] :`, as llama.cpp's grammars allow it, without line ends.
final class JsonText {
  static final Expression SPACE = optional(text(" "));
  static final Expression COLON = sequence(SPACE, text(":"), SPACE);
  static final Expression COMMA = sequence(text(","), SPACE);
  static final Expression NULL = text("null");
  static final Expression BOOLEAN = choice(text("true"), text("false"));

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

  private final RuleSet rules;
  private final StringNotation strings;

  JsonText(RuleSet rules, StringNotation strings) {
    this.rules = rules;
    this.strings = strings;
  }

  private String rule(String kind) {
    return strings.name() + " " + kind;
  }

  /// Any value.
  Expression value() {
    String value = rule("value");
    if (!rules.contains(value)) {
      Expression object = new Reference(rule("object"));
      Expression array = new Reference(rule("array"));
      rules.add(value, "#", choice(object, array, strings.any(rules), NUMBER, BOOLEAN, NULL));
      object();
      array();
    }
    return new Reference(value);
  }

  /// Any object.
  Expression object() {
    return withValue(
        "object",
        value -> {
          Expression member = sequence(strings.anyMember(rules), COLON, value);
          return enclosed("{", separated(member), "}");
        });
  }

  /// Any array.
  Expression array() {
    return withValue("array", value -> enclosed("[", separated(value), "]"));
  }

  private Expression withValue(String kind, UnaryOperator<Expression> body) {
    Expression made = rules.shared(rule(kind), () -> body.apply(new Reference(rule("value"))));
    value();
    return made;
  }

  private static Expression separated(Expression part) {
    return sequence(part, new Repeat(sequence(COMMA, part), 0, Expression.UNBOUNDED));
  }

  /// What may be nothing, in brackets.
  private static Expression enclosed(String open, Expression content, String close) {
    return sequence(text(open), SPACE, optional(sequence(content, SPACE)), text(close));
  }

  /// This value.
  ///
  /// @param at where it stands, as a JSON pointer
  Expression literal(JsonValue value, String at) {
    return switch (value) {
      case JsonString string -> strings.literal(string.value(), at);
      case JsonArray array -> literals(array, at);
      case JsonObject object -> literals(object, at);
      case JsonNumber _, JsonBoolean _, JsonNull _ -> text(value.toString());
    };
  }

  private Expression literals(JsonArray array, String at) {
    List<Expression> parts = new ArrayList<>();
    for (JsonValue element : array.elements()) {
      parts.add(text(parts.isEmpty() ? "[" : ","));
      parts.add(literal(element, at));
    }
    parts.add(text(parts.isEmpty() ? "[]" : "]"));
    return new Sequence(parts);
  }

  private Expression literals(JsonObject object, String at) {
    List<Expression> parts = new ArrayList<>();
    object
        .members()
        .forEach((name, value) -> {
          parts.add(text(parts.isEmpty() ? "{" : ","));
          parts.add(strings.member(name, at));
          parts.add(text(":"));
          parts.add(literal(value, at));
        });
    parts.add(text(parts.isEmpty() ? "{}" : "}"));
    return new Sequence(parts);
  }
}
