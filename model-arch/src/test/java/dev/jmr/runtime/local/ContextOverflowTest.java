package dev.jmr.runtime.local;

import static dev.jmr.runtime.local.EngineFixture.GOLDEN;
import static dev.jmr.runtime.local.EngineFixture.OPTIONS;
import static dev.jmr.runtime.local.EngineFixture.goldenText;
import static dev.jmr.runtime.local.EngineFixture.load;
import static dev.jmr.runtime.local.EngineFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.runtime.ContextOverflow;
import dev.jmr.runtime.Engine;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.GenerationEvent.Reason;
import dev.jmr.runtime.GenerationLimits;
import dev.jmr.runtime.GenerationRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContextOverflowTest {
  private static final ContextOverflow TRUNCATES = new ContextOverflow(true, false, 4);
  private static final ContextOverflow SHIFTS = new ContextOverflow(false, true, 4);

  private static GenerationRequest with(ContextOverflow overflow, int maxTokens, int... prompt) {
    return request(maxTokens, prompt).withLimits(GenerationLimits.STANDARD.withOverflow(overflow));
  }

  /// The first `first` and the last `last` of some tokens.
  private static int[] ends(int[] tokens, int first, int last) {
    return IntStream.concat(
            Arrays.stream(tokens).limit(first), Arrays.stream(tokens).skip(tokens.length - last))
        .toArray();
  }

  @Test
  void promptsAreCutToLeaveRoomForTheAnswer() {
    PromptFit fit = new PromptFit(16, 2048);
    int[] ids = IntStream.range(0, 40).toArray();

    assertThat(fit.cut(ids, TRUNCATES, 6, 0)).containsExactly(0, 1, 2, 3, 34, 35, 36, 37, 38, 39);
    assertThat(fit.cut(ids, TRUNCATES, 0, 0)).hasSize(12).startsWith(0, 1, 2, 3, 32);
    assertThat(fit.cut(ids, TRUNCATES, 1000, 0)).hasSize(8).startsWith(0, 1, 2, 3, 36);
    assertThat(fit.cut(ids, new ContextOverflow(true, false, 0), 6, 1)).startsWith(0, 31);
    assertThat(fit.cut(ids, new ContextOverflow(true, false, 100), 6, 1))
        .containsExactly(0, 1, 2, 3, 4, 35, 36, 37, 38, 39);
    int[] fitting = IntStream.range(0, 15).toArray();
    assertThat(fit.cut(fitting, TRUNCATES, 6, 0)).isSameAs(fitting);
    assertThatThrownBy(() -> fit.cut(ids, SHIFTS, 6, 0))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith("prompt has 40 tokens, the context holds 16; use a larger --ctx");
  }

  @Test
  void aCutPromptIsAnsweredLikeOneThatWasShort() throws InterruptedException {
    try (Engine engine = load(OPTIONS.withContextLength(24))) {
      int[] cut = ends(GOLDEN.promptIds(), 4, 14);
      Answer expected = Answer.of(engine.submit(request(6, cut)));
      Answer answer = Answer.of(engine.submit(with(TRUNCATES, 6, GOLDEN.promptIds())));

      assertThat(answer.text()).isEqualTo(expected.text());
      assertThat(answer.finished().usage().promptTokens()).isEqualTo(18);
      assertThat(answer.finished().usage().droppedTokens()).isEqualTo(18);
    }
  }

  @Test
  void anAnswerThatShiftsGoesOnAsFromThePromptThatIsLeft() throws InterruptedException {
    try (Engine engine = load(OPTIONS.withContextLength(48).withMaxSequences(2))) {
      int[] full =
          IntStream.concat(
                  Arrays.stream(GOLDEN.promptIds()), Arrays.stream(GOLDEN.greedyIds()).limit(12))
              .toArray();
      Answer rest = Answer.of(engine.submit(request(18, ends(full, 4, 22))));
      Answer answer = Answer.of(engine.submit(with(SHIFTS, 30, GOLDEN.promptIds())));

      assertThat(answer.text()).isEqualTo(goldenText(12) + rest.text());
      assertThat(answer.finished().usage().completionTokens()).isEqualTo(30);
      assertThat(answer.finished().usage().droppedTokens()).isEqualTo(22);
      assertThat(answer.progress()).containsExactly(36);
    }
  }

  @Test
  void anAnswerWithoutLimitThatShiftsEndsAfterAContext() throws InterruptedException {
    try (Engine engine = load(OPTIONS.withContextLength(40))) {
      Answer answer = Answer.of(engine.submit(with(SHIFTS, 0, GOLDEN.promptIds())));

      assertThat(answer.finished().reason()).isEqualTo(Reason.LENGTH);
      assertThat(answer.tokens()).isEqualTo(40);
    }
  }

  @Test
  void rejectsLimitsThatMeanNothing() {
    assertThatThrownBy(() -> new ContextOverflow(true, true, -1))
        .hasMessage("tokens to keep: expected 0 or more, got -1");
    assertThatThrownBy(() -> GenerationLimits.STANDARD.withTime(Duration.ZERO))
        .hasMessage("time limit: expected a positive duration, got PT0S");
  }
}
