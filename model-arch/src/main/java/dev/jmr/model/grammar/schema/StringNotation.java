package dev.jmr.model.grammar.schema;

import dev.jmr.model.grammar.Expression;
import dev.jmr.model.grammar.GrammarLimits;
import dev.jmr.model.grammar.RuleSet;
import dev.jmr.model.json.JsonValue.JsonObject;
import java.util.Set;

/// How strings and the names of members are written. All else is JSON.
public sealed interface StringNotation permits QuotedStrings, RawStrings {
  /// JSON's own.
  static StringNotation json() {
    return QuotedStrings.JSON;
  }

  /// Tells the rules for values in this notation from those in others.
  String name();

  /// Any string.
  ///
  /// @param rules may get rules that are shared
  Expression any(RuleSet rules);

  /// The strings that satisfy `pattern`, `format`, `minLength` and `maxLength` of a schema.
  ///
  /// @param at where the schema stands, as a JSON pointer
  Expression satisfying(JsonObject schema, String at, RuleSet rules, GrammarLimits limits);

  /// This string.
  Expression literal(String value, String at);

  /// The name of a member.
  Expression member(String name, String at);

  /// Any name.
  Expression anyMember(RuleSet rules);

  /// A name that is none of these.
  Expression memberExcept(Set<String> names);

  /// A name that matches a pattern.
  Expression memberMatching(String pattern, String at, GrammarLimits limits);
}
