package dev.jmr.model.grammar.schema;

import dev.jmr.model.grammar.Expression;
import dev.jmr.model.grammar.Grammar;
import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.grammar.GrammarLimits;
import dev.jmr.model.grammar.RuleSet;
import dev.jmr.model.json.JsonException;
import dev.jmr.model.json.JsonLimits;
import dev.jmr.model.json.JsonReader;
import dev.jmr.model.json.JsonValue;

/// JSON schemas (draft 2020-12, and what older drafts have in common with it) as grammars of the JSON texts that satisfy
/// them: every text of the grammar is valid, but not every valid text is in it.
///
/// - Members come in the order of `properties`, those that are not required may be left out; further members come last,
///   and only where `additionalProperties` or `patternProperties` asks for them, or nothing is said of members at all.
///   Their names are not checked for appearing twice.
/// - Texts are compact, with one space or none around the punctuation (see `JsonText`).
/// - A schema without `type` that has keywords of some types is taken to be of these.
/// - `oneOf` is refused unless it is plain that a text of one alternative satisfies no other.
/// - References lead into the same document (`#`, `#/$defs/…`).
///
/// Refused: `not`, `if`, `contains`, `dependent…`, `unevaluatedItems`, `uniqueItems` (but for one item), unknown formats,
/// and what cannot be merged under `allOf`. Annotations and unknown keywords are passed over, as JSON Schema says.
public final class JsonSchema {
  private static final String ROOT = "#";

  private JsonSchema() {}

  /// The grammar of a schema.
  ///
  /// @throws GrammarException with a JSON pointer, if it cannot be held to or exceeds a limit
  public static Grammar compile(JsonValue schema, GrammarLimits limits) {
    RuleSet rules = new RuleSet();
    Expression root = addTo(rules, "", schema, limits);
    rules.add("schema", ROOT, root);
    return Grammar.of(rules, "schema", limits);
  }

  /// The grammar of a schema's text, within [GrammarLimits#STANDARD].
  ///
  /// @throws GrammarException as [#compile(JsonValue, GrammarLimits)], or if it is not JSON
  public static Grammar compile(String schema) {
    return compile(parse(schema, GrammarLimits.STANDARD), GrammarLimits.STANDARD);
  }

  /// Reads a schema.
  ///
  /// @throws GrammarException if it is not JSON or exceeds a limit
  public static JsonValue parse(String schema, GrammarLimits limits) {
    try {
      return JsonReader.read(
          schema,
          new JsonLimits(
              limits.characters(),
              limits.nesting() * 2,
              JsonLimits.STANDARD.values(),
              JsonLimits.STANDARD.numberCharacters()));
    } catch (JsonException e) {
      throw new GrammarException(ROOT, "" + e.getMessage());
    }
  }

  /// What satisfies a schema, as a part of a larger grammar such as that of a tool call.
  ///
  /// @param rules gets the rules that are needed, named by JSON pointers behind `name`
  /// @param name tells several schemas of one grammar apart
  /// @throws GrammarException as [#compile(JsonValue, GrammarLimits)]
  public static Expression addTo(
      RuleSet rules, String name, JsonValue schema, GrammarLimits limits) {
    return new SchemaCompiler(new SchemaReferences(schema), rules, name, limits).compile();
  }

  /// Any JSON value.
  public static Grammar anyValue(GrammarLimits limits) {
    RuleSet rules = new RuleSet();
    rules.add("schema", ROOT, new JsonText(rules, StringNotation.json()).value());
    return Grammar.of(rules, "schema", limits);
  }

  /// Any JSON object: what OpenAI calls JSON mode.
  public static Grammar anyObject(GrammarLimits limits) {
    RuleSet rules = new RuleSet();
    rules.add("schema", ROOT, new JsonText(rules, StringNotation.json()).object());
    return Grammar.of(rules, "schema", limits);
  }
}
