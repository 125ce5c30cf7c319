package dev.jmr.model.grammar;

import java.util.List;

/// The compiled form of a grammar: states of all rules, with edges over bytes, rules and tokens. Immutable.
///
/// A rule is entered at its entry state, which accepts nothing yet: no rule matches the empty text, and where one could,
/// there is a way past it. No rule begins with itself, so that entering rules ends.
///
/// @param states what can happen in each state
/// @param rules where each rule is entered
/// @param rootNullable whether the empty text is complete
/// @param byteClass for each byte the number of its class; bytes of one class behave alike everywhere
/// @param classBytes one byte of each class
/// @param symbols the tokens that are named
record Automaton(
    State[] states,
    Rule[] rules,
    boolean rootNullable,
    byte[] byteClass,
    int[] classBytes,
    List<TokenSymbol> symbols) {

  /// Where a rule is entered.
  ///
  /// @param rank greater than that of every rule that can begin with this one
  record Rule(String name, int entry, int rank) {}

  /// What can happen in a state; each kind of edge as parallel arrays.
  ///
  /// @param end whether the rule can end here
  record State(
      boolean end,
      int[] firstByte,
      int[] lastByte,
      int[] byteTarget,
      int[] rule,
      int[] afterRule,
      int[] symbol,
      int[] afterSymbol) {

    /// Whether a byte or a token is consumed in this state itself.
    boolean consumes() {
      return byteTarget.length > 0 || symbol.length > 0;
    }

    /// Whether the rule ends here and cannot go on.
    boolean onlyEnds() {
      return end && byteTarget.length == 0 && rule.length == 0 && symbol.length == 0;
    }
  }
}
