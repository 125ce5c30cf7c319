package dev.jmr.runtime.local;

import static dev.jmr.runtime.local.EngineFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.EngineOverloadedException;
import dev.jmr.runtime.GenerationEvent;
import dev.jmr.runtime.GenerationEvent.Finished;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RequestQueueTest {
  private final AtomicInteger wakings = new AtomicInteger();
  private final RequestQueue<QueuedRequest> queue = new RequestQueue<>(2, wakings::incrementAndGet);

  private static QueuedRequest queued() {
    return new QueuedRequest(new int[] {1}, request(1, 1), new LocalGeneration());
  }

  @Test
  void handsOutInTheOrderOfArrival() {
    QueuedRequest first = queued();
    QueuedRequest second = queued();
    queue.add(first);
    queue.add(second);

    assertThat(queue.poll()).contains(first);
    assertThat(queue.poll()).contains(second);
    assertThat(queue.poll()).isEmpty();
  }

  @Test
  void takesNoMoreThanFit() {
    queue.add(queued());
    queue.add(queued());

    assertThatThrownBy(() -> queue.add(queued()))
        .isInstanceOfSatisfying(
            EngineOverloadedException.class,
            refused -> assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(1)))
        .hasMessage("queue: expected at most 2 waiting requests, got one more; try again later");
  }

  @Test
  void saysToComeBackWhenTheQueueShouldHaveMovedOn() {
    DrainRate rate = new DrainRate();
    assertThat(rate.untilNext()).isEqualTo(Duration.ofSeconds(1));
    for (int i = 1; i < 60; i++) {
      rate.taken(Duration.ofMillis(2500L * i).toNanos());
    }
    assertThat(rate.untilNext()).isEqualTo(Duration.ofSeconds(3));
    for (int i = 1; i < 60; i++) {
      rate.taken(Duration.ofHours(i).toNanos());
    }
    assertThat(rate.untilNext()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void cancelledRequestsMakeRoom() throws InterruptedException {
    QueuedRequest cancelled = queued();
    queue.add(cancelled);
    queue.add(queued());
    cancelled.generation().cancel();
    queue.add(queued());

    GenerationEvent event = cancelled.generation().next();
    assertThat(event).isInstanceOf(Finished.class);
    assertThat(((Finished) event).reason()).isEqualTo(GenerationEvent.Reason.CANCELLED);
  }

  @Test
  void closingEndsThoseThatWaitAndThoseThatCome() {
    QueuedRequest waiting = queued();
    queue.add(waiting);
    queue.close(new EngineException("engine was closed"));
    queue.close(new EngineException("again"));

    assertThat(wakings).hasValue(2);
    assertThat(queue.closed()).isTrue();
    assertThat(queue.poll()).isEmpty();
    assertThatThrownBy(() -> waiting.generation().next()).hasMessage("engine was closed");
    assertThatThrownBy(() -> queue.add(queued()))
        .isInstanceOf(EngineException.class)
        .hasMessage("engine was closed");
  }
}
