package dev.jmr.runtime.local;

import static dev.jmr.runtime.local.EngineFixture.GOLDEN;
import static dev.jmr.runtime.local.EngineFixture.OPTIONS;
import static dev.jmr.runtime.local.EngineFixture.goldenText;
import static dev.jmr.runtime.local.EngineFixture.load;
import static dev.jmr.runtime.local.EngineFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jmr.runtime.ChosenToken;
import dev.jmr.runtime.Engine;
import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationEvent;
import dev.jmr.runtime.GenerationEvent.Reason;
import dev.jmr.runtime.StopConditions;
import dev.jmr.runtime.TokenLogprob;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StopAndLogprobsTest {
  @Test
  void endsBeforeAStopString() throws InterruptedException {
    String all = goldenText(32);
    String stop = all.substring(9, 14);
    int end = all.indexOf(stop);
    try (Engine engine = load(OPTIONS)) {
      Answer answer =
          Answer.of(
              engine.submit(request(32, GOLDEN.promptIds()).withStop(StopConditions.before(stop))));

      assertThat(answer.text()).isEqualTo(all.substring(0, end));
      assertThat(answer.finished().reason()).isEqualTo(Reason.STOP);
      assertThat(answer.finished().stop()).contains(stop);
    }
  }

  @Test
  void endsAtAStopToken() throws InterruptedException {
    int stop = GOLDEN.greedyIds()[6];
    int before = 0;
    while (GOLDEN.greedyIds()[before] != stop) {
      before++;
    }
    try (Engine engine = load(OPTIONS)) {
      Answer answer =
          Answer.of(
              engine.submit(
                  request(32, GOLDEN.promptIds())
                      .withStop(new StopConditions(List.of(), Set.of(stop), false))));

      assertThat(answer.text()).isEqualTo(goldenText(before));
      assertThat(answer.finished().reason()).isEqualTo(Reason.STOP);
      assertThat(answer.finished().stop()).isEmpty();
      assertThat(answer.tokens()).isEqualTo(before + 1);
    }
  }

  @Test
  void logprobsCoverAllTokensAndTheirBytesSpellTheText() throws InterruptedException {
    try (Engine engine = load(OPTIONS)) {
      Generation generation = engine.submit(request(32, GOLDEN.promptIds()).withLogprobs(3));
      List<ChosenToken> tokens = new ArrayList<>();
      GenerationEvent event = generation.next();
      while (!(event instanceof GenerationEvent.Finished)) {
        if (event instanceof GenerationEvent.TextDelta delta) {
          tokens.addAll(delta.tokens());
        }
        event = generation.next();
      }

      assertThat(tokens.stream().mapToInt(token -> token.chosen().token()).toArray())
          .isEqualTo(Arrays.copyOf(GOLDEN.greedyIds(), 32));
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (ChosenToken token : tokens) {
        bytes.writeBytes(token.chosen().bytes());
        assertThat(token.top())
            .hasSize(3)
            .isSortedAccordingTo((a, b) -> Float.compare(b.logprob(), a.logprob()));
        TokenLogprob best = token.top().getFirst();
        assertThat(best.token()).isEqualTo(token.chosen().token());
        assertThat(best.logprob()).isEqualTo(token.chosen().logprob()).isNegative();
      }
      assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(goldenText(32));
    }
  }

  @Test
  void logprobsAreThoseBeforeTheSamplers() throws InterruptedException {
    float[] logits = GOLDEN.logits();
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    int first = GOLDEN.greedyIds()[0];
    try (Engine engine = load(OPTIONS);
        Generation generation = engine.submit(request(1, GOLDEN.promptIds()).withLogprobs(0))) {
      generation.next();
      var delta = (GenerationEvent.TextDelta) generation.next();

      assertThat((double) delta.tokens().getFirst().chosen().logprob())
          .isCloseTo(logits[first] - Math.log(sum), within(1e-3));
      assertThat(delta.tokens().getFirst().top()).isEmpty();
    }
  }
}
