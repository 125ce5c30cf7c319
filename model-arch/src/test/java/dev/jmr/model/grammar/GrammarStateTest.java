package dev.jmr.model.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.model.grammar.gbnf.Gbnf;
import dev.jmr.model.grammar.schema.JsonSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GrammarStateTest {
  private static final int TOOL = 301;
  private static final int END = 302;
  private static final GrammarVocabulary VOCABULARY = vocabulary();

  private static GrammarVocabulary vocabulary() {
    String[] pieces = new String[45];
    for (int i = 0; i < pieces.length; i++) {
      pieces[i] =
          List.of("{\"", "\":", "\",", "ab", "<to", "ol>1", "<tool>", "é\"", "true", "}}")
                  .get(i % 10)
              + " ".repeat(i / 10);
    }
    return SmallVocabulary.of(pieces);
  }

  private static List<Integer> allowed(GrammarState state) {
    long[] mask = new long[VOCABULARY.maskLength() + 1];
    state.allowed(mask);
    List<Integer> ids = new ArrayList<>();
    for (int id = 0; id < mask.length * 64; id++) {
      if (TokenBits.get(mask, id)) {
        ids.add(id);
      }
    }
    return ids;
  }

  private static List<Grammar> grammars() {
    return List.of(
        JsonSchema.anyObject(GrammarLimits.STANDARD),
        JsonSchema.compile(
            "{\"type\":\"object\",\"properties\":{\"ab\":{\"type\":\"string\",\"maxLength\":3},\"t\":{\"type\":\"boolean\"}},\"additionalProperties\":{\"type\":\"array\"}}"),
        Gbnf.compile(
            "root ::= x*\nx ::= \"a\" | \"aa\" x | \"a\" x \"b\" | <|tool|> | !<[300]> \"b\""),
        Gbnf.compile("root ::= ws ([^\"]+ ws \"\\\"\" root)? ws\nws ::= [ ]*"),
        JsonSchema.anyObject(GrammarLimits.STANDARD)
            .after(new Trigger(List.of("<tool>", "<|tool|>"), false, true)));
  }

  @Test
  void masksAreWhatEveryTokenByItselfSays() {
    Random random = new Random(7);
    for (Grammar grammar : grammars()) {
      GrammarMatcher matcher = new GrammarMatcher(grammar, VOCABULARY);
      for (int round = 0; round < 30; round++) {
        GrammarState state = matcher.start();
        for (int step = 0; step < 25 && !state.ended(); step++) {
          List<Integer> allowed = allowed(state);
          List<Integer> each = new ArrayList<>();
          for (int id = 0; id < VOCABULARY.size(); id++) {
            if (state.allows(id)) {
              each.add(id);
            }
          }
          assertThat(allowed).isEqualTo(each).isNotEmpty();
          state = state.accept(allowed.get(random.nextInt(allowed.size())));
        }
      }
    }
  }

  @Test
  void masksOfARealVocabularyAreWhatEveryTokenByItselfSays() {
    GrammarVocabulary real = RealVocabulary.llama3();
    Random random = new Random(3);
    for (Grammar grammar : grammars().subList(0, 2)) {
      GrammarMatcher matcher = new GrammarMatcher(grammar, real);
      GrammarState state = matcher.start();
      long[] mask = new long[real.maskLength()];
      for (int step = 0; step < 12 && !state.ended(); step++) {
        state.allowed(mask);
        List<Integer> allowed = new ArrayList<>();
        for (int id = 0; id < real.size(); id++) {
          assertThat(TokenBits.get(mask, id)).as("token %d", id).isEqualTo(state.allows(id));
          if (state.allows(id)) {
            allowed.add(id);
          }
        }
        state = state.accept(allowed.get(random.nextInt(allowed.size())));
      }
    }
  }

  @Test
  void theEndIsAllowedExactlyWhereTheTextCanEnd() {
    GrammarState state = new GrammarMatcher(Gbnf.compile("root ::= \"a\"+"), VOCABULARY).start();
    assertThat(state.allows(END)).isFalse();
    assertThatThrownBy(() -> state.accept(END)).isInstanceOf(GrammarException.class);
    GrammarState more = state.accept('a');
    assertThat(more.canEnd()).isTrue();
    assertThat(more.mustEnd()).isFalse();
    assertThat(allowed(more)).containsExactly((int) 'a', END);
    GrammarState ended = more.accept(END);
    assertThat(ended.ended()).isTrue();
    assertThat(allowed(ended)).isEmpty();
    assertThatThrownBy(() -> ended.accept('a'))
        .hasMessage("token 97: not allowed here by the grammar");
  }

  @Test
  void controlTokensAreAllowedOnlyWhereTheyAreNamed() {
    GrammarMatcher matcher =
        new GrammarMatcher(Gbnf.compile("root ::= <|tool|> . \"x\""), VOCABULARY);
    assertThat(allowed(matcher.start())).containsExactly(TOOL);
    assertThat(allowed(matcher.start().accept(TOOL))).doesNotContain(TOOL, END).contains((int) 'q');
    assertThatThrownBy(() -> new GrammarMatcher(Gbnf.compile("root ::= <|none|>"), VOCABULARY))
        .hasMessage("token <|none|>: expected one of the vocabulary's 303 tokens");
  }

  @Test
  void statesGoOnInSeveralWays() {
    GrammarState state =
        new GrammarMatcher(Gbnf.compile("root ::= \"a\" (\"b\" | \"c\")"), VOCABULARY)
            .start()
            .accept('a');
    GrammarState b = state.accept('b');
    GrammarState c = state.accept('c');
    assertThat(List.of(b.mustEnd(), c.mustEnd())).containsOnly(true);
    assertThat(allowed(state)).containsExactly((int) 'b', (int) 'c');
  }

  @Test
  void partsOfCharactersAreAllowedWhereTheCharacterIs() {
    GrammarState state = new GrammarMatcher(Gbnf.compile("root ::= [é-ü]"), VOCABULARY).start();
    assertThat(allowed(state)).containsExactly(0xC3);
    assertThat(allowed(state.accept(0xC3))).contains(0xA9, 0xBC).doesNotContain(0xA8, 0xBD);
  }

  @Test
  void constrainsLogitsBeyondTheVocabulary() {
    float[] logits = new float[400];
    GrammarState state = new GrammarMatcher(Gbnf.compile("root ::= \"a\""), VOCABULARY).start();
    state.constrain(logits, 10, 390, new long[VOCABULARY.maskLength()]);
    for (int i = 0; i < logits.length; i++) {
      assertThat(logits[i]).isEqualTo(i < 10 || i == 10 + 'a' ? 0 : Float.NEGATIVE_INFINITY);
    }
  }

  @Test
  void textIsFreeUntilTheTrigger() {
    Grammar grammar =
        Gbnf.compile("root ::= \"1\" \"2\"?")
            .after(new Trigger(List.of("<tool>", "<|tool|>"), false, false));
    assertThat(List.of("", "any <too text\n<<too", "a<<tool>1", "<tool>12"))
        .allMatch(grammar::matches);
    assertThat(List.of("<tool>", "<tool>3", "<tool>123", "<tool>1 ")).noneMatch(grammar::matches);
    GrammarState state = new GrammarMatcher(grammar, VOCABULARY).start();
    assertThat(allowed(state)).hasSize(VOCABULARY.size() - 3);
    assertThat(allowed(state.accept(TOOL))).containsExactly((int) '1');
    GrammarState half = state.accept("<to");
    assertThat(allowed(half)).contains(261).doesNotContain(271);
    assertThat(allowed(half.accept(261))).containsExactly((int) '2', END);
  }

  @Test
  void aTriggerCanBeRequiredAndComeAgain() {
    Grammar grammar = Gbnf.compile("root ::= \"1\"").after(new Trigger(List.of("<t>"), true, true));
    assertThat(List.of("<t>1", "a<t>1b", "<t>1<t>1")).allMatch(grammar::matches);
    assertThat(List.of("", "a", "<t>2", "<t>1<t>", "<t>1 <t>2")).noneMatch(grammar::matches);
  }

  @Test
  void choicesAreTheTextsThemselves() {
    Grammar grammar = Grammar.choice(List.of("yes", "no", "é"), GrammarLimits.STANDARD);
    assertThat(List.of("yes", "no", "é")).allMatch(grammar::matches);
    assertThat(List.of("", "ye", "yesno")).noneMatch(grammar::matches);
    assertThatThrownBy(() -> Grammar.choice(List.of(), GrammarLimits.STANDARD))
        .hasMessageStartingWith("choice: expected at least one");
  }

  @Test
  void deepNestingEndsInTheGreatestDepthRatherThanInAnError() {
    GrammarMatcher matcher =
        new GrammarMatcher(JsonSchema.anyValue(GrammarLimits.STANDARD), VOCABULARY);
    GrammarState state = matcher.start();
    int depth = 0;
    while (state.allows('[') && depth < 5000) {
      state = state.accept('[');
      depth++;
    }
    assertThat(depth).isBetween(500, 1100);
    for (; depth > 0; depth--) {
      assertThat(allowed(state)).contains((int) ']');
      state = state.accept(']');
    }
    assertThat(state.mustEnd()).isTrue();
  }
}
