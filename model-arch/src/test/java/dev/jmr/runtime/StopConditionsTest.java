package dev.jmr.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.jmr.model.sample.SamplingParameters;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StopConditionsTest {
  @Test
  void rejectWhatCannotBeFound() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StopConditions.before("a", ""))
        .withMessage("stop: expected strings of a character or more, got an empty one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StopConditions.before("\uD83D"))
        .withMessage("stop: expected whole characters, got half a surrogate pair");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StopConditions.before("a".repeat(5000)))
        .withMessage("stop: expected strings of at most 4096 characters, got 5000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StopConditions(List.of(), Set.of(-2), false))
        .withMessage("stop token: expected an id of 0 or more, got -2");
  }

  @Test
  void countEachStringOnce() {
    assertThat(StopConditions.before("a", "b", "a").strings()).containsExactly("a", "b");
  }

  @Test
  void aRequestRejectsMoreThanTwentyLogprobs() {
    GenerationRequest request =
        new GenerationRequest(new Prompt.Text("a", false), SamplingParameters.defaults(), 0);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> request.withLogprobs(21))
        .withMessage("top logprobs: expected 0 to 20, got 21");
  }
}
