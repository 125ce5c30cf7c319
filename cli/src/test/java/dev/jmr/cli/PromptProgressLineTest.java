package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.runtime.GenerationEvent.PromptProgress;
import org.junit.jupiter.api.Test;

final class PromptProgressLineTest {
  private static final long SECOND = 1_000_000_000;

  private final StringBuilder terminal = new StringBuilder();
  private final PromptProgressLine line = new PromptProgressLine(terminal::append, 0);

  @Test
  void aShortPromptShowsNothing() {
    line.show(new PromptProgress(5, 10), SECOND / 2);
    line.clear();
    assertThat(terminal).isEmpty();
  }

  @Test
  void aLongOneShowsHowFarItIsAndGoesAway() {
    line.show(new PromptProgress(512, 2048), 2 * SECOND);
    assertThat(terminal).contains("512 of 2048 tokens (25%)");
    line.clear();
    assertThat(terminal).endsWith(Style.CLEAR_LINE);
  }

  @Test
  void aPromptThatIsReadShowsNothingMore() {
    line.show(new PromptProgress(2048, 2048), 2 * SECOND);
    assertThat(terminal).isEmpty();
  }
}
