package dev.jmr.runtime.local;

import static dev.jmr.runtime.local.EngineFixture.GOLDEN;
import static dev.jmr.runtime.local.EngineFixture.OPTIONS;
import static dev.jmr.runtime.local.EngineFixture.goldenText;
import static dev.jmr.runtime.local.EngineFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationEvent.PromptProgress;
import dev.jmr.runtime.GenerationEvent.Reason;
import dev.jmr.runtime.GenerationEvent.Usage;
import dev.jmr.runtime.GenerationRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// An engine with one slot whose first step runs, and whose second one waits until the test lets it.
class LocalEngineLifecycleTest {
  private static final GenerationRequest ENDLESS = request(0, GOLDEN.promptIds());
  private static final PromptProgress WHOLE_PROMPT = new PromptProgress(36, 36);

  private final LoadedModel loaded = LoadedModel.load(EngineFixture.artifact().file(), OPTIONS);
  private final GatedBackend gate = new GatedBackend(loaded.backend(), 1);
  private final LocalEngine engine =
      LocalEngine.start(
          new LoadedModel(loaded.model(), gate, loaded.description(), loaded.options()));

  @AfterEach
  void close() {
    open();
    engine.close();
  }

  private void open() {
    gate.permits().release(1 << 20);
  }

  /// A generation that has its first token, and stands in the step for the second one.
  private Generation begin() throws InterruptedException {
    Generation generation = engine.submit(ENDLESS);
    assertThat(generation.next()).isEqualTo(WHOLE_PROMPT);
    while (!gate.permits().hasQueuedThreads()) {
      Thread.onSpinWait();
    }
    return generation;
  }

  @Test
  void cancellingEndsWithAnEventAndFreesTheSlot() throws InterruptedException {
    Generation first = begin();
    first.cancel();
    open();

    Answer answer = Answer.of(first);
    assertThat(answer.finished().reason()).isEqualTo(Reason.CANCELLED);
    assertThat(answer.tokens()).isEqualTo(2);
    assertThatThrownBy(first::next).isInstanceOf(EngineException.class);
    Answer second = Answer.of(engine.submit(request(8, GOLDEN.promptIds())));
    assertThat(second.text()).isEqualTo(goldenText(8));
  }

  @Test
  void aRequestCancelledInTheQueueNeverRuns() throws InterruptedException {
    Generation running = begin();
    Generation waiting = engine.submit(ENDLESS);
    waiting.cancel();
    gate.permits().release();
    Answer answer = Answer.of(waiting);
    running.close();

    assertThat(answer.finished().reason()).isEqualTo(Reason.CANCELLED);
    assertThat(answer.finished().usage()).isEqualTo(new Usage(36, 0));
    assertThat(answer.progress()).isEmpty();
  }

  @Test
  void aFullQueueRefusesRequestsUntilThereIsRoom() throws InterruptedException {
    begin();
    Generation first = engine.submit(ENDLESS);
    for (int i = 1; i < EngineOptions.DEFAULT_QUEUE_CAPACITY; i++) {
      engine.submit(ENDLESS);
    }

    assertThatThrownBy(() -> engine.submit(ENDLESS))
        .isInstanceOf(EngineException.class)
        .hasMessage("queue: expected at most 64 waiting requests, got one more; try again later");
    first.close();
    assertThat(engine.submit(ENDLESS)).isNotNull();
  }

  @Test
  void closingEndsEveryGenerationAndClosesTheModelOnce() throws InterruptedException {
    Generation running = begin();
    Generation waiting = engine.submit(ENDLESS);
    Thread closing = Thread.ofPlatform().start(engine::close);

    assertThatThrownBy(waiting::next)
        .isInstanceOf(EngineException.class)
        .hasMessage("engine was closed");
    assertThat(gate.closings()).hasValue(0);
    open();
    closing.join();
    engine.close();
    assertThat(gate.closings()).hasValue(1);
    assertThatThrownBy(() -> Answer.of(running))
        .isInstanceOf(EngineException.class)
        .hasMessage("engine was closed");
    assertThatThrownBy(() -> engine.submit(ENDLESS)).hasMessage("engine was closed");
  }
}
