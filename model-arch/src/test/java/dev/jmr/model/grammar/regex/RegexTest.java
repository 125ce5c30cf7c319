package dev.jmr.model.grammar.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.model.grammar.Grammar;
import dev.jmr.model.grammar.GrammarException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexTest {
  private static final List<String> TEXTS =
      List.of(
          "", "a", "b", "ab", "aab", "abc", "A", "1", "12", "123", "1-2", "_", " ", "\t", "\n", "é",
          "É", "😀", "-", "]", "\\", ".", "{", "a{", "{1}", "a{1,x}", "\u2028", "x", "\u0001", "ß",
          "ʰ", "٣", "\u00a0");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a*b",
        "(a|b)+c?",
        "a{2}b",
        "a{1,2}b",
        "a{2,}b",
        ".",
        "..",
        "\\d+",
        "\\D",
        "\\w",
        "\\W",
        "[\\w-]+",
        "[^a-c]",
        "[a\\-\\]]",
        "[-a]",
        "[a-]",
        "(?:ab|c)*",
        "(?<n>a)b",
        "a|",
        "|a",
        "\\.",
        "\\\\",
        "a*?b",
        "x??a?",
        "\\x61",
        "\\u00e9",
        "\\t",
        "[\\d.]",
        "\\{1\\}",
        "\\p{L}",
        "\\p{Lu}",
        "\\P{L}",
        "\\p{Nd}+",
        "[^\\d\\s]",
        "^ab$",
        "^a|b$",
        "(((a)))",
        "()",
        "\\cA",
      })
  void matchesWhatJavaMatches(String pattern) {
    Grammar grammar = Regex.compile(pattern);
    Pattern java = Pattern.compile(pattern.replace("\\s", "\\s\\x{a0}\\x{2028}"));
    Pattern unixLess = Pattern.compile(java.pattern());
    for (String text : TEXTS) {
      assertThat(grammar.matches(text))
          .as("%s on '%s'", pattern, text)
          .isEqualTo(unixLess.matcher(text).matches());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        ")",
        "a)",
        "[",
        "[a",
        "*",
        "+a",
        "a**",
        "a{2}{3}",
        "a++",
        "(?=a)",
        "(?!a)",
        "(?<=a)",
        "(?i)a",
        "\\1",
        "\\bx",
        "a^b",
        "a$b",
        "(a$)",
        "(^a)",
        "\\",
        "\\x1",
        "\\u{110000}",
        "\\ud800",
        "[z-a]",
        "[\\d-z]",
        "a{3,2}",
        "a{999999}",
        "\\p{Xx}",
        "\\p",
        "\\k<n>",
        "[[:alpha:]]",
        "\\q",
        "{1}",
      })
  void refusesWhatItDoesNotKnow(String pattern) {
    assertThatThrownBy(() -> Regex.compile(pattern))
        .isInstanceOf(GrammarException.class)
        .hasMessageMatching("(?s)1:\\d+: regular expression: .*");
  }
}
