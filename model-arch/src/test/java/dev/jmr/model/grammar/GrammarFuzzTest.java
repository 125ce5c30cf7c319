package dev.jmr.model.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.model.grammar.gbnf.Gbnf;
import dev.jmr.model.grammar.regex.Regex;
import dev.jmr.model.grammar.schema.JsonSchema;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrammarFuzzTest {
  private static final int ROUNDS = 4000;
  private static final GrammarLimits SMALL = new GrammarLimits(10_000, 32, 200, 500, 5_000, 1_000);
  private static final List<String> SCHEMAS =
      List.of(
          "{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#/$defs/x\"},\"b\":{\"enum\":[1,\"x\",null]}},\"required\":[\"a\"],\"$defs\":{\"x\":{\"type\":[\"string\",\"integer\"],\"minLength\":2,\"maxLength\":9,\"minimum\":-5.5,\"multipleOf\":0.5}},\"additionalProperties\":{\"pattern\":\"^[a-z]+$\"}}",
          "{\"allOf\":[{\"anyOf\":[{\"items\":{\"format\":\"date\"},\"minItems\":1},{\"const\":5}]},{\"oneOf\":[{\"type\":\"array\"},{\"type\":\"number\",\"exclusiveMaximum\":1e3}]}],\"$ref\":\"#/allOf/0\",\"prefixItems\":[true,{\"patternProperties\":{\"a|b\":{}},\"propertyNames\":{\"maxLength\":3}}]}");
  private static final List<String> GRAMMARS =
      List.of(
          "root ::= (expr \"=\" ws term \"\\n\")+ # c\nexpr ::= term ([-+*/] term){1,3}\nterm ::= [^a-z\\x41] | <|tool|> | !<[5]> | \"(\" expr \")\"?\nws ::= [ \\t\\n]* | .",
          "root ::= a | b*\na ::= \"x\" b{2,} \"\\u00e9\"\nb ::= \"\" | [] | c\nc ::= \"q\"");
  private static final List<String> PATTERNS =
      List.of("^(a|[^b-d\\w]{2,5}?)+\\p{Lu}*(?:x|\\u00e9)?$|\\d+.", "(?<n>[\\]a-]\\x41)*|\\.{3}$");

  private static void mutate(List<String> seeds, Consumer<String> compile) {
    Random random = new Random(11);
    String alphabet = "{}[]()\",:*+?|\\^$.<>!=-#/ \n0123456789abcxdefnrtu é\ud800";
    for (int i = 0; i < ROUNDS; i++) {
      StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
      for (int change = random.nextInt(6); change >= 0; change--) {
        int at = random.nextInt(text.length());
        int end = Math.min(text.length(), at + random.nextInt(8));
        switch (random.nextInt(4)) {
          case 0 -> text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
          case 1 -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
          case 2 -> text.insert(random.nextInt(text.length()), text.substring(at, end));
          default -> text.delete(at, Math.min(end, text.length() - 1));
        }
      }
      assertThatCode(
              () -> {
                try {
                  compile.accept(text.toString());
                } catch (GrammarException expected) {
                  assertThat(expected).hasMessageNotContaining("Exception");
                }
              })
          .as(text.toString())
          .doesNotThrowAnyException();
    }
  }

  @Test
  void schemasCompileOrRaiseGrammarExceptions() {
    mutate(
        SCHEMAS,
        text -> JsonSchema.compile(JsonSchema.parse(text, SMALL), SMALL).matches("{\"a\":1}"));
  }

  @Test
  void grammarsCompileOrRaiseGrammarExceptions() {
    mutate(GRAMMARS, text -> Gbnf.compile(text, SMALL).matches("x=(1)\n"));
  }

  @Test
  void patternsCompileOrRaiseGrammarExceptions() {
    mutate(PATTERNS, text -> Regex.compile(text, SMALL).matches("ab"));
  }

  private static String manyRules(int count) {
    StringBuilder rules = new StringBuilder("root ::= r0\n");
    for (int i = 0; i < count; i++) {
      rules.append("r%d ::= \"a\"* \"b\" r%d?\n".formatted(i, (i + 1) % count));
    }
    return rules.toString();
  }

  private static String nested(String open, String inner, String close, int depth) {
    return open.repeat(depth) + inner + close.repeat(depth);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsTooLargeIsRefused(int which) {
    Consumer<GrammarLimits> compile =
        switch (which) {
          case 0 ->
              limits -> Gbnf.compile("root ::= " + nested("(", "\"a\"", ")", 100_000), limits);
          case 1 -> limits -> Regex.compile(nested("(", "a", ")", 100_000), limits);
          case 2 -> limits -> JsonSchema.parse(nested("{\"items\":", "{}", "}", 100_000), limits);
          case 3 -> limits -> Regex.compile("a{100001}", limits);
          case 4 -> limits -> Gbnf.compile(manyRules(60_000), limits);
          case 5 ->
              limits ->
                  JsonSchema.compile(
                      JsonSchema.parse(
                          "{\"type\":\"string\",\"pattern\":\"^(a|b)*a(a|b){20000}$\",\"maxLength\":90000}",
                          limits),
                      limits);
          case 6 -> limits -> Gbnf.compile("root ::= \"" + "x".repeat(1 << 20) + "\"", limits);
          case 7 ->
              limits ->
                  JsonSchema.compile(
                      JsonSchema.parse(
                          "{\"anyOf\":["
                              + "{},".repeat(400)
                              + "{}],\"allOf\":[{\"anyOf\":[true,"
                              + "{},".repeat(400)
                              + "{}]}]}",
                          limits),
                      limits);
          default ->
              limits ->
                  Regex.compile(
                      "(a?){90000}(b?){90000}(c?){90000}(d?){90000}(e?){90000}(f?){90000}(g?){90000}",
                      limits);
        };
    assertThatThrownBy(() -> compile.accept(GrammarLimits.STANDARD))
        .isInstanceOf(GrammarException.class);
  }

  @Test
  void nestedRepetitionsCostTheirSumRatherThanTheirProduct() {
    assertThatCode(() -> Regex.compile("((((a{500}){500}){500}){500}){500}"))
        .doesNotThrowAnyException();
  }

  @Test
  void expressionsThatBlowUpWhenMadeDeterministicCompileAllTheSame() {
    assertThatCode(() -> Regex.compile("(a|b)*a(a|b){60}").matches("ab".repeat(100)))
        .doesNotThrowAnyException();
  }
}
