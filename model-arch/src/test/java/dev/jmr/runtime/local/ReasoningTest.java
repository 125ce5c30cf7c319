package dev.jmr.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.runtime.AnswerFormat;
import dev.jmr.runtime.AnswerRules;
import dev.jmr.runtime.Engine;
import dev.jmr.runtime.GenerationEvent.Reason;
import dev.jmr.runtime.Reasoning;
import dev.jmr.runtime.ToolChoice;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ReasoningTest {
  private static final Engine ENGINE = ChatFixture.load(ChatFixture.thinking());
  private static final AnswerRules YES_OR_NO =
      AnswerRules.of(new AnswerFormat.Choice(List.of("yes", "no")));

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  @Test
  void thoughtsEndWhenTheirBudgetIsUsedUp() throws InterruptedException {
    for (int seed = 0; seed < 4; seed++) {
      AnswerRules rules = YES_OR_NO.withReasoning(Reasoning.ON.withBudget(6));
      Story story = ChatFixture.ask(ENGINE, rules, seed);

      assertThat(story.text()).isIn("yes", "no");
      assertThat(story.thoughts()).isNotEmpty().doesNotContain("</");
      assertThat(story.finished().usage().reasoningTokens()).isBetween(7, 6 + "</think>".length());
      assertThat(story.finished().usage().completionTokens())
          .isGreaterThan(story.finished().usage().reasoningTokens());
      assertThat(story.reason()).isEqualTo(Reason.STOP);
    }
  }

  @Test
  void budgetsHoldWithoutAFormat() throws InterruptedException {
    Story story =
        ChatFixture.ask(ENGINE, AnswerRules.FREE.withReasoning(Reasoning.ON.withBudget(10)), 3);

    assertThat(story.finished().usage().reasoningTokens()).isBetween(11, 10 + "</think>".length());
    assertThat(story.thoughts()).doesNotContain("</think");
    assertThat(story.text()).doesNotStartWith("</think");
  }

  @Test
  void nothingIsThoughtWhereReasoningIsOff() throws InterruptedException {
    Story story = ChatFixture.ask(ENGINE, YES_OR_NO.withReasoning(Reasoning.OFF), 1);

    assertThat(story.thoughts()).isEmpty();
    assertThat(story.text()).isIn("yes", "no");
    assertThat(story.finished().usage().reasoningTokens()).isZero();
  }

  @Test
  void aThoughtThatTheTemplateOpensAllTheSameEndsAtOnceWhereReasoningIsOff()
      throws InterruptedException {
    try (Engine stubborn = ChatFixture.load(ChatFixture.template("<tool_call>", "<think>\n"))) {
      Story story = ChatFixture.ask(stubborn, YES_OR_NO.withReasoning(Reasoning.OFF), 1);

      assertThat(story.thoughts()).isEmpty();
      assertThat(story.text()).isIn("yes", "no");
      assertThat(story.finished().usage().reasoningTokens()).isPositive();
    }
  }

  @Test
  void toolsAreCalledBehindTheThoughts() throws InterruptedException {
    AnswerRules rules =
        AnswerRules.FREE
            .withToolChoice(ToolChoice.REQUIRED)
            .withParallelToolCalls(false)
            .withReasoning(Reasoning.DEFAULT.withBudget(5));
    Story story =
        ChatFixture.ask(
            ENGINE, rules, 2, ChatFixture.tool("f", "{\"additionalProperties\":false}", false));

    assertThat(story.calls()).hasSize(1);
    assertThat(story.calls().getFirst().replace(" ", "")).isEqualTo("f{}");
    assertThat(story.text()).isEmpty();
    assertThat(story.thoughts()).isNotEmpty();
  }

  @Test
  void anUnfinishedThoughtIsNoAnswer() throws InterruptedException {
    Story story = ChatFixture.ask(ENGINE, YES_OR_NO, 2);

    assertThat(story.reason()).isEqualTo(Reason.LENGTH);
    assertThat(story.text()).isEmpty();
    assertThat(story.finished().usage().reasoningTokens()).isEqualTo(400);
  }

  @Test
  void readsWhatWordsAskFor() {
    assertThat(Reasoning.parse("none")).isEqualTo(Reasoning.OFF);
    assertThat(Reasoning.parse("on")).isEqualTo(Reasoning.ON);
    assertThat(Reasoning.parse("low").effort()).hasValue("low");
    assertThatThrownBy(() -> Reasoning.parse("much"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("reasoning: expected on, off, minimal, low, medium, high, xhigh, got 'much'");
    assertThatThrownBy(() -> Reasoning.ON.withBudget(-1))
        .hasMessage("reasoning budget: expected 0 tokens or more, got -1");
  }
}
