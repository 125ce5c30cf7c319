package dev.jmr.model.grammar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The texts that a model may write, compiled. Immutable and independent of vocabularies, except where it names tokens.
///
/// From: GBNF text ([dev.jmr.model.grammar.gbnf.Gbnf]), a JSON schema ([dev.jmr.model.grammar.schema.JsonSchema]), a
/// regular expression ([dev.jmr.model.grammar.regex.Regex]), a list of literals ([#choice]), or rules built by hand. To
/// use it, make a [GrammarMatcher].
public final class Grammar {
  private static final String ROOT = "root";

  private final Automaton automaton;
  private final List<String> warnings;

  private final RuleSet rules;
  private final String root;
  private final GrammarLimits limits;

  private Grammar(
      Automaton automaton,
      List<String> warnings,
      RuleSet rules,
      String root,
      GrammarLimits limits) {
    this.automaton = automaton;
    this.warnings = warnings;
    this.rules = rules;
    this.root = root;
    this.limits = limits;
  }

  /// The grammar that begins with rule `root`.
  ///
  /// @throws GrammarException if a rule is not defined, begins with itself or can never end, or a limit is exceeded
  public static Grammar of(RuleSet rules, String root, GrammarLimits limits) {
    AutomatonCompiler compiler = new AutomatonCompiler(rules, root, new CompileBudget(limits));
    Automaton automaton = compiler.compile();
    List<String> warnings = new ArrayList<>();
    for (RuleSet.Rule rule : rules.rules().values()) {
      if (!compiler.used(rule.name())) {
        warnings.add("%s: rule '%s' is never used".formatted(rule.location(), rule.name()));
      }
    }
    return new Grammar(automaton, List.copyOf(warnings), rules.copy(), root, limits);
  }

  /// The texts of one expression without references.
  ///
  /// @throws GrammarException if a limit is exceeded
  public static Grammar of(Expression expression, GrammarLimits limits) {
    RuleSet rules = new RuleSet();
    rules.add(ROOT, "", expression);
    return of(rules, ROOT, limits);
  }

  /// One of these texts.
  ///
  /// @throws GrammarException if there are none, or a limit is exceeded
  public static Grammar choice(List<String> texts, GrammarLimits limits) {
    if (texts.isEmpty()) {
      throw new GrammarException("", "choice: expected at least one text, got none");
    }
    int characters = texts.stream().mapToInt(String::length).sum();
    if (characters > limits.characters()) {
      throw new GrammarException(
          "",
          "choice: expected at most %d characters, got %d"
              .formatted(limits.characters(), characters));
    }
    return of(new Expression.Choice(texts.stream().map(Expression::text).toList()), limits);
  }

  /// Free text until a trigger, and this grammar behind it.
  ///
  /// @throws GrammarException if a limit is exceeded
  public Grammar after(Trigger trigger) {
    RuleSet extended = rules.copy();
    String name = "trigger before " + root;
    extended.add(name, "", trigger.before(new Expression.Reference(root)));
    return of(extended, name, limits);
  }

  /// A copy of the rules, to make a larger grammar of; names of its own rules should hold a space, which GBNF's cannot.
  public RuleSet rules() {
    return rules.copy();
  }

  /// What a text of this grammar is, by the rules.
  public Expression root() {
    return new Expression.Reference(root);
  }

  /// What is odd about the grammar, though it can be used: rules that are never used, with line and column.
  public List<String> warnings() {
    return warnings;
  }

  /// Whether this is one of the texts of the grammar; for grammars that name tokens, whether it is without them.
  public boolean matches(String text) {
    StackSets sets = new StackSets(automaton);
    StackSet at = sets.start();
    for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
      at = sets.step(at, next);
    }
    return at.bottom;
  }

  Automaton automaton() {
    return automaton;
  }
}
