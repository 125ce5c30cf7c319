package dev.jmr.bench.serving;

import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationEvent;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Answers with two pieces of text and five tokens; the question of one turn not at all, that of another not in time.
final class ScriptedModel implements ServedModel {
  private final int failing;
  private final int hanging;
  final AtomicInteger asked = new AtomicInteger();
  final AtomicInteger running = new AtomicInteger();
  volatile boolean closed;

  /// @param failing the number of the question that is refused; 0 = none
  /// @param hanging the number of the question that is not answered before it is cancelled; 0 = none
  ScriptedModel(int failing, int hanging) {
    this.failing = failing;
    this.hanging = hanging;
  }

  @Override
  public Generation ask(String prompt, int maxTokens) {
    int turn = asked.incrementAndGet();
    if (turn == failing) {
      throw new EngineException("no more today");
    }
    running.incrementAndGet();
    return new Answer(turn == hanging);
  }

  @Override
  public String description() {
    return "scripted";
  }

  @Override
  public void close() {
    closed = true;
  }

  private final class Answer implements Generation {
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final boolean hangs;
    private int step;

    Answer(boolean hangs) {
      this.hangs = hangs;
    }

    @Override
    public GenerationEvent next() throws InterruptedException {
      if (hangs) {
        cancelled.await();
        return end(GenerationEvent.Reason.CANCELLED);
      }
      return step++ < 2 ? new GenerationEvent.TextDelta("x") : end(GenerationEvent.Reason.STOP);
    }

    private GenerationEvent end(GenerationEvent.Reason reason) {
      return new GenerationEvent.Finished(
          reason, new GenerationEvent.Usage(3, 5), new GenerationEvent.Timings(1, 1, 1));
    }

    @Override
    public void cancel() {
      cancelled.countDown();
    }

    @Override
    public void close() {
      running.decrementAndGet();
    }
  }
}
