package dev.jmr.model.grammar;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The rules of a grammar by name, in the order in which they were written; one of them is where it begins.
///
/// Not for use by several threads.
public final class RuleSet {
  private final Map<String, Rule> rules = new LinkedHashMap<>();

  /// A rule and where it stands (see [GrammarException#location]).
  record Rule(String name, String location, Expression body) {}

  /// Adds a rule.
  ///
  /// @param location where it stands, see [GrammarException#location]
  /// @throws GrammarException if there is a rule of this name
  public void add(String name, String location, Expression body) {
    Rule before = rules.putIfAbsent(name, new Rule(name, location, body));
    if (before != null) {
      throw new GrammarException(
          location,
          "rule '%s': expected one rule of this name, got another at %s"
              .formatted(name, before.location()));
    }
  }

  /// A reference to a rule of all schemas and patterns together, which is added if it is not there.
  public Expression shared(String name, Supplier<Expression> body) {
    if (!contains(name)) {
      add(name, "#", body.get());
    }
    return new Expression.Reference(name);
  }

  public boolean contains(String name) {
    return rules.containsKey(name);
  }

  public int size() {
    return rules.size();
  }

  RuleSet copy() {
    RuleSet copy = new RuleSet();
    copy.rules.putAll(rules);
    return copy;
  }

  Map<String, Rule> rules() {
    return rules;
  }
}
