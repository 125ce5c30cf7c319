package dev.jmr.model.grammar.gbnf;

import dev.jmr.model.fuzz.FuzzInput;
import dev.jmr.model.fuzz.FuzzTarget;
import dev.jmr.model.grammar.Grammar;
import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.grammar.GrammarLimits;
import dev.jmr.model.grammar.GrammarMatcher;
import dev.jmr.model.grammar.GrammarVocabulary;
import dev.jmr.model.grammar.GrammarWalk;
import dev.jmr.model.grammar.SmallVocabulary;
import java.util.List;
import java.util.random.RandomGenerator;

/// Whatever the grammar, it is refused with its place or a model can write by it, token by token as in text.
@SuppressWarnings("exports") // tests are not exported
public final class GbnfFuzz implements FuzzTarget {
  private static final GrammarLimits LIMITS = new GrammarLimits(10_000, 32, 200, 500, 5_000, 2_000);
  private static final GrammarVocabulary VOCABULARY =
      SmallVocabulary.of("ab", "aab", "x=", "(1", ")\n", "é", "日本", " ", "  ", "\"a\"", "-1");
  private static final int WALKS = 3;
  private static final int MAX_TOKENS = 40;

  @Override
  public String name() {
    return "gbnf";
  }

  @Override
  public void run(byte[] input) {
    FuzzInput choices = new FuzzInput(input);
    Grammar grammar;
    GrammarMatcher matcher;
    try {
      grammar = Gbnf.compile(choices.text(), LIMITS);
      matcher = new GrammarMatcher(grammar, VOCABULARY);
    } catch (GrammarException e) {
      checkMessage(e);
      return;
    }
    RandomGenerator random = choices.chance();
    for (int i = 0; i < WALKS; i++) {
      GrammarWalk.walk(grammar, matcher, random, MAX_TOKENS);
    }
  }

  private static void checkMessage(GrammarException e) {
    if (e.getMessage() == null || e.getMessage().isBlank()) {
      throw new AssertionError("says nothing", e);
    }
  }

  @Override
  public List<byte[]> seeds() {
    return FuzzTarget.bytes(
        List.of(
            "root ::= (expr \"=\" ws term \"\\n\")+ # c\nexpr ::= term ([-+*/] term){1,3}\n"
                + "term ::= [^a-z\\x41] | <|tool|> | !<[5]> | \"(\" expr \")\"?\nws ::= [ \\t\\n]* | .",
            "root ::= a | b*\na ::= \"x\" b{2,} \"\\u00e9\"\nb ::= \"\" | [a] | c\nc ::= \"q\"",
            "root ::= \"(\" root \")\" | \"[\" root? \"]\" | \"a\"",
            "root ::= [a-z] ([0-9] | \"-\" root){0,3} [^\\n]*",
            "root ::= item (\", \" item)*\nitem ::= \"é\" | \"日本\" | \"\\U0001F600\"",
            "root ::= ((\"a\" | \"ab\") (\"b\" | \"\")){2} ws\nws ::= \" \" ws |"));
  }

  @Override
  public List<String> words() {
    return List.of(
        "root",
        " ::= ",
        "\nroot ::= ",
        " | ",
        "*",
        "+",
        "?",
        "{2}",
        "{0,3}",
        "{1,}",
        "(",
        ")",
        "[a-z]",
        "[^\"]",
        "[",
        "]",
        "\"a\"",
        "\"\"",
        "\"ab\"",
        "\\x41",
        "\\u00e9",
        "\\U0001F600",
        ".",
        "<|tool|>",
        "<[5]>",
        "!<[5]>",
        "# c\n",
        "\na ::= ",
        "a",
        " b",
        "é",
        "\uE000",
        "\n");
  }
}
