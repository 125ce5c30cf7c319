package dev.jmr.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.GenerationEvent.Finished;
import dev.jmr.runtime.GenerationEvent.Reason;
import dev.jmr.runtime.GenerationEvent.TextDelta;
import dev.jmr.runtime.GenerationEvent.Timings;
import dev.jmr.runtime.GenerationEvent.Usage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class LocalGenerationTest {
  private static final Finished FINISHED =
      new Finished(Reason.STOP, new Usage(1, 1), new Timings(1, 1, 0));

  private final LocalGeneration generation = new LocalGeneration();

  @Test
  void nothingFollowsTheEnd() throws InterruptedException {
    generation.emit(new TextDelta("a"));
    generation.emit(FINISHED);
    generation.emit(new TextDelta("b"));
    generation.fail(new EngineException("too late"));

    assertThat(generation.next()).isEqualTo(new TextDelta("a"));
    assertThat(generation.next()).isEqualTo(FINISHED);
    assertThatThrownBy(generation::next)
        .isInstanceOf(EngineException.class)
        .hasMessage("generation: expected no call of next after its end");
  }

  @Test
  void anErrorComesAfterWhatWasHandedOver() throws InterruptedException {
    EngineException cause = new EngineException("no more memory");
    generation.emit(new TextDelta("a"));
    generation.fail(cause);

    assertThat(generation.next()).isEqualTo(new TextDelta("a"));
    assertThatThrownBy(generation::next).hasMessage("no more memory").hasCause(cause);
    assertThatThrownBy(generation::next).hasMessage("no more memory");
  }

  @Test
  void closingForgetsWhatIsLeftAndCancels() {
    generation.emit(new TextDelta("a"));
    generation.close();
    generation.emit(new TextDelta("b"));

    assertThat(generation.cancelled()).isTrue();
    assertThatThrownBy(generation::next).isInstanceOf(EngineException.class);
  }

  @Test
  void closingWakesTheConsumer() {
    CompletableFuture<Void> consumer = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            generation.next();
            consumer.complete(null);
          } catch (EngineException | InterruptedException e) {
            consumer.completeExceptionally(e);
          }
        });
    generation.close();

    assertThatThrownBy(consumer::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(EngineException.class);
  }
}
