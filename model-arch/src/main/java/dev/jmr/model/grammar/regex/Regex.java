package dev.jmr.model.grammar.regex;

import dev.jmr.model.grammar.CodePoints;
import dev.jmr.model.grammar.Expression;
import dev.jmr.model.grammar.Expression.Characters;
import dev.jmr.model.grammar.Expression.Repeat;
import dev.jmr.model.grammar.Grammar;
import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.grammar.GrammarLimits;

/// Regular expressions in the syntax that ECMA-262, PCRE and Java share, as far as they describe regular languages.
///
/// Known: literals, `.`, classes with ranges, negation and `\d \w \s \D \W \S` (ASCII, but `\s` as in ECMA-262),
/// `\p{L}` and other general categories, groups (capturing, `(?:…)`, named), `|`, quantifiers (greedy or lazy: the same
/// language), escapes `\t \n \r \f \v \0 \cX`, hexadecimal escapes behind `x` and `u`, and the anchors `^` and `$` (also
/// `\A`, `\z`) at the ends of the whole expression or of an alternative at its top. Refused: look-around, back references,
/// word boundaries, flags, possessive quantifiers, anchors elsewhere.
public final class Regex {
  private Regex() {}

  /// The texts that match `pattern` as a whole; anchors change nothing.
  ///
  /// @throws GrammarException with the offset as `1:column`, if it is not such an expression or exceeds a limit
  public static Grammar compile(String pattern, GrammarLimits limits) {
    return Grammar.of(whole(pattern, limits), limits);
  }

  /// Within [GrammarLimits#STANDARD].
  public static Grammar compile(String pattern) {
    return compile(pattern, GrammarLimits.STANDARD);
  }

  /// What matches `pattern` as a whole.
  ///
  /// @throws GrammarException as [#compile]
  public static Expression whole(String pattern, GrammarLimits limits) {
    return new RegexReader(pattern, limits).read(Expression.EMPTY);
  }

  /// What contains a match of `pattern`, as `pattern` of a JSON schema means it: anything may come before and behind, unless
  /// an anchor is there.
  ///
  /// @throws GrammarException as [#compile]
  public static Expression search(String pattern, GrammarLimits limits) {
    return new RegexReader(pattern, limits)
        .read(new Repeat(new Characters(CodePoints.ANY), 0, Expression.UNBOUNDED));
  }
}
