package dev.jmr.model.grammar.gbnf;

import dev.jmr.model.grammar.Grammar;
import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.grammar.GrammarLimits;
import dev.jmr.model.grammar.RuleSet;

/// Grammars in GBNF, as llama.cpp reads it: `name ::= …` with literals `"…"`, character classes `[a-z]`, `[^…]`, any
/// character `.`, groups, alternatives `|`, repetitions `*`, `+`, `?`, `{n}`, `{n,}`, `{n,m}`, tokens `<…>`, `<[id]>` and
/// `!<…>`, and comments `# …`. Begins with the rule `root`.
///
/// As in llama.cpp, a rule ends at the end of its line, except within parentheses and behind `|` or `::=`. Unlike there, a
/// repetition above the limit is an error rather than a repetition without limit, and so is a second rule of one name.
public final class Gbnf {
  private static final String ROOT = "root";

  private Gbnf() {}

  /// The grammar that `text` describes.
  ///
  /// @throws GrammarException with line and column, if it is not GBNF, a rule is not defined, begins with itself or can
  ///     never end, or a limit is exceeded
  public static Grammar compile(String text, GrammarLimits limits) {
    if (text.length() > limits.characters()) {
      throw new GrammarException(
          "1:1",
          "grammar: expected at most %d characters, got %d"
              .formatted(limits.characters(), text.length()));
    }
    RuleSet rules = new GbnfReader(text, limits).rules();
    if (!rules.contains(ROOT)) {
      throw new GrammarException("1:1", "grammar: expected a rule 'root', got none");
    }
    return Grammar.of(rules, ROOT, limits);
  }

  /// Within [GrammarLimits#STANDARD].
  public static Grammar compile(String text) {
    return compile(text, GrammarLimits.STANDARD);
  }
}
