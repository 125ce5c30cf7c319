package dev.jmr.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.model.chat.output.ReasoningMarkers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ThoughtTrackerTest {
  private static final ReasoningMarkers THINK =
      new ReasoningMarkers("<think>", "</think>", false, List.of("<|calls|>"));
  private static final ReasoningMarkers ANYWHERE =
      new ReasoningMarkers("[THINK]", "[/THINK]", true, List.of());

  private static ThoughtTracker after(String... tokens) {
    ThoughtTracker tracker = new ThoughtTracker(List.of(ANYWHERE, THINK), Optional.empty());
    for (String token : tokens) {
      tracker.accept(token);
    }
    return tracker;
  }

  @Test
  void countsTheTokensOfThoughtsWithTheirMarkers() {
    assertThat(after("\n", "<thi", "nk>", "Hm", "</", "think>", "Hi").tokens()).isEqualTo(4);
    assertThat(after("<think>Hm</think>Hi").tokens()).isZero();
    assertThat(after("<think>", "Hm", "<|calls|>", "x").tokens()).isEqualTo(3);
  }

  @Test
  void wordsOpenAThoughtOnlyAtTheBeginning() {
    assertThat(after("I ", "<think>", "so").inside()).isEmpty();
    assertThat(after("I ", "[THINK]", "so").inside()).contains(ANYWHERE);
    assertThat(after("<think>a</think>", "\n<think>").begun()).isEqualTo(2);
  }

  @Test
  void beginsInsideOfTheThoughtThatThePromptOpened() {
    ThoughtTracker tracker = new ThoughtTracker(List.of(THINK), Optional.of(THINK));
    tracker.accept("so");

    assertThat(tracker.inside()).contains(THINK);
    assertThat(tracker.tokens()).isEqualTo(1);
  }
}
