package dev.jmr.bench.serving;

import dev.jmr.bench.BenchException;
import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationEvent;
import dev.jmr.runtime.GenerationEvent.Finished;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Asks a question and takes the time. Thread-safe.
///
/// @param alarm cancels answers that take too long
record Client(ServedModel model, ServingPlan plan, ScheduledExecutorService alarm) {
  /// Asks, and waits for the whole answer.
  ///
  /// @throws BenchException if it did not come in time
  /// @throws dev.jmr.runtime.EngineException if it failed
  ServedAnswer ask() throws InterruptedException {
    Duration timeout = plan.timeout();
    long start = System.nanoTime();
    try (Generation generation = model.ask(plan.prompt(), plan.maxTokens())) {
      ScheduledFuture<?> end =
          alarm.schedule(generation::cancel, timeout.toMillis(), TimeUnit.MILLISECONDS);
      try {
        return read(generation, start);
      } finally {
        end.cancel(false);
      }
    }
  }

  private ServedAnswer read(Generation generation, long start) throws InterruptedException {
    long first = -1;
    while (true) {
      GenerationEvent event = generation.next();
      long now = System.nanoTime() - start;
      if (event instanceof Finished finished) {
        if (finished.reason() == GenerationEvent.Reason.CANCELLED) {
          throw new BenchException(
              "--timeout: expected an answer within %d ms, got none"
                  .formatted(plan.timeout().toMillis()));
        }
        return new ServedAnswer(
            first < 0 ? now : first,
            now,
            finished.usage().promptTokens(),
            finished.usage().completionTokens());
      }
      if (first < 0 && !(event instanceof GenerationEvent.PromptProgress)) {
        first = now;
      }
    }
  }
}
