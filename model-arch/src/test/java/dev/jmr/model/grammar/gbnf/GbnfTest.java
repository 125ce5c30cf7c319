package dev.jmr.model.grammar.gbnf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.model.grammar.Grammar;
import dev.jmr.model.grammar.GrammarException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GbnfTest {

  static List<Arguments> language() {
    return List.of(
        Arguments.of("root ::= \"a\" \"b\"", List.of("ab"), List.of("", "a", "abc", "b")),
        Arguments.of("root ::= \"a\" | \"b\" |", List.of("a", "b", ""), List.of("ab")),
        Arguments.of("root ::= [a-c_]", List.of("a", "b", "c", "_"), List.of("d", "", "-")),
        Arguments.of("root ::= [^a-c]", List.of("d", "é", "😀", "\n"), List.of("a", "")),
        Arguments.of("root ::= [a-]", List.of("a", "-"), List.of("b")),
        Arguments.of(
            "root ::= [\\x41\\u00e9\\U0001F600\\]\\\\\\t]",
            List.of("A", "é", "😀", "]", "\\", "\t"),
            List.of("B")),
        Arguments.of("root ::= [à-ü]+", List.of("éêü"), List.of("e", "ý")),
        Arguments.of("root ::= .", List.of("a", "\n", "😀"), List.of("", "ab")),
        Arguments.of("root ::= \"a\"*", List.of("", "a", "aaaa"), List.of("b")),
        Arguments.of("root ::= \"a\"+", List.of("a", "aaaa"), List.of("")),
        Arguments.of("root ::= \"a\"?", List.of("", "a"), List.of("aa")),
        Arguments.of("root ::= \"ab\"{2}", List.of("abab"), List.of("ab", "ababab", "abb")),
        Arguments.of("root ::= \"a\"{2,}", List.of("aa", "aaaaaa"), List.of("a")),
        Arguments.of("root ::= \"a\"{ 1 , 3 }", List.of("a", "aa", "aaa"), List.of("", "aaaa")),
        Arguments.of("root ::= \"a\"{0} \"b\"", List.of("b"), List.of("ab")),
        Arguments.of("root ::= \"a\"?*+ \"b\"", List.of("b", "aab"), List.of("a")),
        Arguments.of(
            "root ::= (\"a\" | \"b\" (\"c\")?) \"d\"", List.of("ad", "bd", "bcd"), List.of("acd")),
        Arguments.of("root ::= (\n\"a\"\n|\n\"b\"\n)\n", List.of("a", "b"), List.of("")),
        Arguments.of(
            "root ::=\n \"a\" | # one\n \"b\"  # two\n# three\n", List.of("a", "b"), List.of("")),
        Arguments.of("root ::= x x\r\nx ::= \"q\"\r\n", List.of("qq"), List.of("q")),
        Arguments.of(
            "root ::= \"(\" root \")\" | \"x\"", List.of("x", "((x))"), List.of("((x)", "()")),
        Arguments.of("root ::= ws \"a\" ws\nws ::= [ \\t]*", List.of("a", "  a\t"), List.of("b")),
        Arguments.of(
            "root ::= a a\na ::= b?\nb ::= \"x\" | c\nc ::= \"\"",
            List.of("", "x", "xx"),
            List.of("xxx")),
        Arguments.of("root ::= \"\\\"\\\\\\n\\r\"", List.of("\"\\\n\r"), List.of("")),
        Arguments.of(
            "root ::= s{5}\ns ::= \"a\" | \"aa\"",
            List.of("aaaaa", "aaaaaaaaaa"), List.of("aaaa", "aaaaaaaaaaa")),
        Arguments.of("root ::= [a] [^]", List.of("aé"), List.of("a")),
        Arguments.of(
            """
            root  ::= (expr "=" ws term "\\n")+
            expr  ::= term ([-+*/] term)*
            term  ::= ident | num | "(" ws expr ")" ws
            ident ::= [a-z] [a-z0-9_]* ws
            num   ::= [0-9]+ ws
            ws    ::= [ \\t\\n]*
            """,
            List.of("a=1\n", "(b +2) *3= x_1\n\n", "((((a))))=1\na/2=2\n"),
            List.of("a=1", "a+=1\n", "(a=1\n")));
  }

  @ParameterizedTest
  @MethodSource("language")
  void matchesTheLanguage(String grammar, List<String> matching, List<String> others) {
    Grammar compiled = Gbnf.compile(grammar);
    assertThat(matching).allMatch(compiled::matches);
    assertThat(others).noneMatch(compiled::matches);
  }

  static List<Arguments> errors() {
    return List.of(
        Arguments.of("", "1:1: grammar: expected a rule 'root', got none"),
        Arguments.of("a ::= \"x\"", "1:1: grammar: expected a rule 'root', got none"),
        Arguments.of("root ::= a\nb ::= c", "1:10: rule 'a' is not defined"),
        Arguments.of(
            "root ::= \"a",
            "1:12: expected the end of a literal or a class, got the end of the text"),
        Arguments.of(
            "root ::= [a",
            "1:12: expected the end of a literal or a class, got the end of the text"),
        Arguments.of("root ::= (\"a\"", "1:14: expected ')', got the end"),
        Arguments.of("root ::= \"a\" )", "1:14: expected the end of the line, got ')'"),
        Arguments.of("root = \"a\"", "1:6: expected '::=', got '='"),
        Arguments.of("root ::= *", "1:10: repetition: expected something in front of it, got '*'"),
        Arguments.of(
            "root ::= \"a\"{3,2}",
            "1:13: repetition: expected ascending bounds up to 100000, got {3,2}"),
        Arguments.of(
            "root ::= \"a\"{999999}",
            "1:13: repetition: expected ascending bounds up to 100000, got {999999,999999}"),
        Arguments.of("root ::= \"a\"{x}", "1:14: expected a number of 1 to 9 digits, got 'x'"),
        Arguments.of(
            "root ::= \"\\q\"",
            "1:11: escape: expected one of \\x \\u \\U \\t \\r \\n \\\\ \\\" \\[ \\] \\-, got \\q"),
        Arguments.of("root ::= \"\\u12\"", "1:11: escape: expected 4 hexadecimal digits, got '\"'"),
        Arguments.of("root ::= \"\\ud800\"", "1:11: expected a character, got U+D800"),
        Arguments.of(
            "root ::= [z-a]",
            "1:11: range: expected the first character not behind the last, got U+007A-U+0061"),
        Arguments.of(
            "\n root ::= \"a\"\nroot ::= \"b\"",
            "3:1: rule 'root': expected one rule of this name, got another at 2:2"),
        Arguments.of(
            "root ::= root \"a\" | \"b\"",
            "1:1: 'root' begins with itself (left recursion): expected something in front; write a repetition instead"),
        Arguments.of(
            "root ::= a\na ::= \"x\"? b \"x\"\nb ::= a | \"y\"",
            "2:1: 'a' begins with itself (left recursion): expected something in front; write a repetition instead"),
        Arguments.of(
            "root ::= \"a\" root",
            "1:1: 'root' can never end: expected a way to finish it in finite text"));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void tellsWhatIsWrongAndWhere(String grammar, String message) {
    assertThatThrownBy(() -> Gbnf.compile(grammar))
        .isInstanceOf(GrammarException.class)
        .hasMessage(message);
  }

  @Test
  void warnsOfRulesThatAreNeverUsed() {
    Grammar grammar =
        Gbnf.compile("root ::= used\nused ::= \"a\"\n  unused ::= other\nother ::= \"b\"");
    assertThat(grammar.warnings())
        .containsExactly("3:3: rule 'unused' is never used", "4:1: rule 'other' is never used");
  }

  @Test
  void ambiguousGrammarsStaySmall() {
    String text = "a".repeat(400);
    assertThat(
            Gbnf.compile("root ::= s\ns ::= \"a\" s \"b\"? | \"a\" s \"c\"? | \"a\"").matches(text))
        .isTrue();
    assertThat(Gbnf.compile("root ::= s\ns ::= \"a\" s s | \"\"").matches(text)).isTrue();
    assertThat(Gbnf.compile("root ::= x*\nx ::= \"a\" | \"aa\" x | \"a\" x \"b\"").matches(text))
        .isTrue();
  }
}
