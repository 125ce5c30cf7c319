package dev.jmr.runtime.local;

import dev.jmr.runtime.EngineException;
import dev.jmr.tensor.backend.Executable;
import org.jspecify.annotations.Nullable;

/// All answers of one model. Belongs to the engine's thread, which closes it.
final class GenerationWork implements AutoCloseable {
  private final LoadedModel loaded;
  private final StepCounters counters = new StepCounters();
  private @Nullable Executable executable;
  private @Nullable BatchScheduler scheduler;

  GenerationWork(LoadedModel loaded) {
    this.loaded = loaded;
  }

  /// Compiles what generates, if that was not done yet.
  ///
  /// @throws EngineException if there is not enough memory
  BatchScheduler prepare() {
    BatchScheduler ready = scheduler;
    if (ready == null) {
      ProgramPlan plan = loaded.generationPlan();
      Executable compiled = plan.compile(loaded.backend());
      executable = compiled;
      ready =
          new BatchScheduler(
              compiled,
              loaded.tokenizer(),
              new PagePool(plan.kv().pageCount(), !ProgramPlan.wholeTexts(plan.graph())),
              SchedulerLimits.of(plan, loaded.options()),
              counters);
      scheduler = ready;
    }
    return ready;
  }

  /// May be looked at by any thread.
  StepCounters counters() {
    return counters;
  }

  boolean idle() {
    return scheduler == null || scheduler.idle();
  }

  /// Fills the free slots from the queue.
  void admit(RequestQueue<QueuedRequest> queue) {
    queue.dropCancelled();
    while (scheduler == null || scheduler.hasFreeSlot()) {
      var request = queue.poll();
      if (request.isEmpty()) {
        return;
      }
      admit(request.get());
    }
  }

  private void admit(QueuedRequest request) {
    try {
      prepare().admit(request);
    } catch (RuntimeException | Error e) {
      request.fail(new EngineException("generation failed: " + e.getMessage(), e));
    }
  }

  /// Runs a step, if there is work.
  void step() {
    if (scheduler != null && !scheduler.idle()) {
      scheduler.step();
    }
  }

  /// Ends every answer with an error.
  void failAll(EngineException cause) {
    if (scheduler != null) {
      scheduler.failAll(cause);
    }
  }

  @Override
  public void close() {
    if (executable != null) {
      executable.close();
    }
  }
}
