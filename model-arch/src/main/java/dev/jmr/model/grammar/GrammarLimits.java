package dev.jmr.model.grammar;

/// What compiling a grammar may cost at most.
///
/// @param characters length of the grammar's, schema's or pattern's text
/// @param nesting groups within groups, schemas within schemas
/// @param repetitions the largest bound of a repetition such as `{2,100}` or `maxLength`
/// @param rules named rules, written or made
/// @param states states of the automaton
/// @param millis time to compile, in milliseconds
public record GrammarLimits(
    int characters, int nesting, int repetitions, int rules, int states, int millis) {

  /// For grammars and schemas of clients.
  public static final GrammarLimits STANDARD =
      new GrammarLimits(1 << 20, 128, 100_000, 50_000, 500_000, 5_000);
}
