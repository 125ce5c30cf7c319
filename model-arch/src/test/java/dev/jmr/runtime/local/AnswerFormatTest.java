package dev.jmr.runtime.local;

import static dev.jmr.runtime.local.ChatFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.model.grammar.schema.RandomSchemas;
import dev.jmr.model.grammar.schema.SchemaValidator;
import dev.jmr.runtime.AnswerFormat;
import dev.jmr.runtime.AnswerRules;
import dev.jmr.runtime.Engine;
import dev.jmr.runtime.GenerationEvent.Reason;
import dev.jmr.runtime.Prompt;
import dev.jmr.runtime.RequestException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class AnswerFormatTest {
  private static final Engine ENGINE = ChatFixture.load(ChatFixture.template("", ""));
  private static final Prompt PROMPT = new Prompt.Text("The answer is ", false);
  private static final int SCHEMAS = 120;

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  private static Story continued(AnswerFormat format, int maxTokens, long seed)
      throws InterruptedException {
    return Story.of(
        ENGINE.submit(request(PROMPT, maxTokens, seed).withRules(AnswerRules.of(format))));
  }

  private static Story chatted(AnswerFormat format, long seed) throws InterruptedException {
    return ChatFixture.ask(ENGINE, AnswerRules.of(format), seed);
  }

  @Test
  void everyAnswerThatEndsSatisfiesItsSchema() throws InterruptedException {
    int ended = 0;
    for (int seed = 0; seed < SCHEMAS; seed++) {
      String schema = new RandomSchemas(1000 + seed).document();
      AnswerFormat format = new AnswerFormat.Schema(schema);
      Story story = seed % 2 == 0 ? continued(format, 200, seed) : chatted(format, seed);
      if (story.reason() == Reason.STOP) {
        ended++;
        assertThat(new SchemaValidator(schema).errors(story.text()))
            .as("seed %d: %s for %s", seed, story.text(), schema)
            .isEmpty();
      }
      assertThat(story.thoughts()).isEmpty();
    }
    assertThat(ended).isGreaterThan(SCHEMAS / 4);
  }

  @Test
  void answersAreOfTheirFormat() throws InterruptedException {
    for (int seed = 0; seed < 5; seed++) {
      assertThat(continued(new AnswerFormat.Choice(List.of("yes", "no", "I <think> so")), 0, seed))
          .matches(story -> List.of("yes", "no", "I <think> so").contains(story.text()))
          .extracting(Story::reason)
          .isEqualTo(Reason.STOP);
      assertThat(chatted(new AnswerFormat.Regex("[a-f]{3}-\\d\\d"), seed).text())
          .matches("[a-f]{3}-\\d\\d");
      assertThat(chatted(new AnswerFormat.Grammar("root ::= \"<tool_call>\" [0-9]"), seed).text())
          .matches("<tool_call>[0-9]");
      assertThat(continued(new AnswerFormat.JsonObject(), 20, seed).text()).startsWith("{");
    }
  }

  @Test
  void anAnswerThatMustEndDoesSoWithoutAnotherToken() throws InterruptedException {
    Story story = continued(new AnswerFormat.Regex("[ab]{7}"), 0, 3);

    assertThat(story.reason()).isEqualTo(Reason.STOP);
    assertThat(story.finished().usage().completionTokens()).isLessThanOrEqualTo(7);
  }

  @Test
  void saysLengthWhereTheTokensDoNotSuffice() throws InterruptedException {
    Story story = continued(new AnswerFormat.Regex("[a-z]{400}"), 5, 1);

    assertThat(story.reason()).isEqualTo(Reason.LENGTH);
    assertThat(story.text()).matches("[a-z]{5,}");
  }

  @Test
  void refusesWhatCannotBeCompiled() {
    assertThatThrownBy(() ->
            continued(
                new AnswerFormat.Schema("{\"properties\":{\"a\":{\"not\":{\"type\":\"null\"}}}}"),
                5,
                1))
        .isInstanceOf(RequestException.class)
        .hasMessageStartingWith("json schema: #/properties/a");
    assertThatThrownBy(() -> continued(new AnswerFormat.Schema("{"), 5, 1))
        .isInstanceOf(RequestException.class)
        .hasMessageStartingWith("json schema: #");
    assertThatThrownBy(() -> chatted(new AnswerFormat.Grammar("root ::= other"), 1))
        .isInstanceOf(RequestException.class)
        .hasMessageStartingWith("grammar: 1:");
    assertThatThrownBy(() -> continued(new AnswerFormat.Regex("(?=a)"), 5, 1))
        .isInstanceOf(RequestException.class)
        .hasMessageStartingWith("regex: 1:");
    assertThatThrownBy(() -> continued(new AnswerFormat.Choice(List.of()), 5, 1))
        .isInstanceOf(RequestException.class)
        .hasMessage("choice: expected at least one text, got none");
    assertThatThrownBy(() -> continued(new AnswerFormat.Grammar("root ::= <nope>"), 5, 1))
        .isInstanceOf(RequestException.class)
        .hasMessageStartingWith("grammar: token <nope>");
  }

  @Test
  void formatsDoNotDisturbEachOther() throws InterruptedException {
    AnswerFormat digits = new AnswerFormat.Regex("\\d{30}");
    Story alone = continued(digits, 0, 9);
    var free = ENGINE.submit(request(PROMPT, 30, 4));
    var together = ENGINE.submit(request(PROMPT, 0, 9).withRules(AnswerRules.of(digits)));

    assertThat(Story.of(together).text()).isEqualTo(alone.text()).matches("\\d{30}");
    assertThat(Story.of(free).reason()).isIn(Reason.LENGTH, Reason.STOP);
  }
}
