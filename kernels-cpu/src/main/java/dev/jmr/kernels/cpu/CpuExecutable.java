package dev.jmr.kernels.cpu;

import dev.jmr.kernels.cpu.stage.PagedCache;
import dev.jmr.kernels.cpu.stage.Program;
import dev.jmr.kernels.cpu.stage.Stage;
import dev.jmr.kernels.cpu.stage.Step;
import dev.jmr.kernels.cpu.stage.Worker;
import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.BatchBounds;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.backend.OpProfile;
import dev.jmr.tensor.backend.OpTimer;
import dev.jmr.tensor.graph.Graph;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A compiled graph: its stages, its memory, and the team that walks the one over the other.
final class CpuExecutable implements Executable {
  private final BatchBounds bounds;
  private final Program program;

  /// Owns the copies of weights; closed with this object.
  private final Arena copies = Arena.ofShared();

  private final Step step;
  private final WorkerTeam team;
  private final @Nullable OpTimer timer;

  CpuExecutable(
      Graph graph,
      KvLayout kv,
      BatchLimits limits,
      Program program,
      int threads,
      boolean profiled) {
    this.bounds = BatchBounds.of(graph, kv, limits);
    this.program = program;
    program.copyInto(copies);
    this.step = program.newStep();
    Worker[] workers = new Worker[threads];
    Arrays.setAll(workers, _ -> program.newWorker());
    this.timer = profiled ? new OpTimer(program.parts()) : null;
    this.team =
        new WorkerTeam(
            program.stages().toArray(Stage[]::new), step, workers, Optional.ofNullable(timer));
  }

  @Override
  public void run(Batch batch, float[] logits) {
    batch.validate(bounds);
    int length = Math.multiplyExact(batch.outputCount(), program.result().width());
    if (logits.length < length) {
      throw new TensorException(
          "logits: expected room for %d floats, got %d".formatted(length, logits.length));
    }
    for (PagedCache cache : program.caches()) {
      cache.prepare(batch);
    }
    step.begin(batch);
    team.run();
    if (timer != null) {
      timer.endPass(batch.tokenCount(), batch.outputCount());
    }
    step.copyOut(program.resultOffset(), length, logits);
    step.end();
  }

  @Override
  public OpProfile profile() {
    return timer == null ? OpProfile.EMPTY : timer.profile();
  }

  @Override
  public void close() {
    team.close();
    if (copies.scope().isAlive()) {
      copies.close();
    }
  }
}
