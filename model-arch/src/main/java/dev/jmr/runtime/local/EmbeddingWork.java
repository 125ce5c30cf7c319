package dev.jmr.runtime.local;

import dev.jmr.model.embedding.RankHead;
import dev.jmr.runtime.EngineException;
import dev.jmr.tensor.backend.Executable;
import java.util.EnumMap;
import java.util.Map;

/// All embedding and ranking with one model. What computes them is compiled when it is first asked for, or before. Belongs to the
/// engine's thread, which closes it.
final class EmbeddingWork implements AutoCloseable {
  private final LoadedModel loaded;
  private final Map<EmbeddingTask.Kind, EmbeddingScheduler> schedulers =
      new EnumMap<>(EmbeddingTask.Kind.class);

  EmbeddingWork(LoadedModel loaded) {
    this.loaded = loaded;
  }

  boolean idle() {
    return schedulers.values().stream().allMatch(EmbeddingScheduler::idle);
  }

  /// Takes tasks from the queue as long as they may share the next passes.
  void admit(RequestQueue<EmbeddingTask> queue) {
    queue.dropCancelled();
    while (schedulers.values().stream().allMatch(EmbeddingScheduler::hasRoom)) {
      var task = queue.poll();
      if (task.isEmpty()) {
        return;
      }
      admit(task.get());
    }
  }

  private void admit(EmbeddingTask task) {
    try {
      prepare(task.kind()).admit(task);
    } catch (RuntimeException | Error e) {
      task.fail(new EngineException("embedding failed: " + e.getMessage(), e));
    }
  }

  /// Compiles what does this, if that was not done yet.
  ///
  /// @throws EngineException if there is not enough memory
  EmbeddingScheduler prepare(EmbeddingTask.Kind kind) {
    return schedulers.computeIfAbsent(kind, this::compile);
  }

  private EmbeddingScheduler compile(EmbeddingTask.Kind kind) {
    ProgramPlan plan =
        switch (kind) {
          case EMBEDDING -> loaded.embeddingPlan();
          case RANKING -> loaded.rankingPlan(RankHead.of(loaded.model()).orElseThrow());
        };
    Executable executable = plan.compile(loaded.backend());
    try {
      return new EmbeddingScheduler(plan, executable);
    } catch (RuntimeException | Error e) {
      executable.close();
      throw e;
    }
  }

  /// Runs a pass of each kind that has work.
  void step() {
    for (EmbeddingScheduler scheduler : schedulers.values()) {
      if (!scheduler.idle()) {
        scheduler.step();
      }
    }
  }

  /// Ends every task with an error.
  void failAll(EngineException cause) {
    schedulers.values().forEach(scheduler -> scheduler.failAll(cause));
  }

  @Override
  public void close() {
    schedulers.values().forEach(EmbeddingScheduler::close);
  }
}
