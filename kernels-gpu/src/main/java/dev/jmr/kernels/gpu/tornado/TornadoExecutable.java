package dev.jmr.kernels.gpu.tornado;

import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.BatchBounds;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.backend.MemoryPlan;
import dev.jmr.tensor.graph.Graph;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uk.ac.manchester.tornado.api.DataRange;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.exceptions.TornadoInternalError;
import uk.ac.manchester.tornado.api.exceptions.TornadoMemoryException;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/// A graph on a device: its weights, values and pages stay there, a step's numbers go there and its result comes back.
final class TornadoExecutable implements Executable {
  private final Graph graph;
  private final BatchBounds bounds;
  private final Step step;
  private final FloatArray result;
  private final IntArray likeliest;
  private final TornadoExecutionPlan plan;
  private final int parts;
  private final List<DeviceTask> tasks;
  private boolean closed;

  TornadoExecutable(TornadoDevice device, Graph graph, KvLayout kv, BatchLimits limits) {
    this.graph = graph;
    this.bounds = BatchBounds.of(graph, kv, limits);
    this.step = new Step(limits, kv.pageCount(), graph.givenWidth());
    this.result = new FloatArray(Math.multiplyExact(limits.outputs(), graph.result().width()));
    this.likeliest = new IntArray(limits.outputs());
    OpTasks made = new OpTasks(graph, kv, limits, MemoryPlan.of(graph, limits), step);
    graph.ops().forEach(made::add);
    made.addResult(graph.result(), result, likeliest);
    Set<TornadoNativeArray> fresh = Collections.newSetFromMap(new IdentityHashMap<>());
    fresh.addAll(List.of(step.numbers(), step.tables(), step.given()));
    this.tasks = made.tasks();
    TaskGraphs graphs = new TaskGraphs(tasks, fresh, new TaskGraphs.Results(result, likeliest));
    this.plan = graphs.plan(device);
    this.parts = graphs.count();
  }

  @Override
  public void run(Batch batch, float[] logits) {
    int width = graph.result().width();
    batch.validate(bounds);
    int count = Math.multiplyExact(batch.outputCount(), width);
    if (logits.length < count) {
      throw new TensorException(
          "logits: expected room for %d floats, got %d".formatted(count, logits.length));
    }
    compute(batch, width, Optional.of(new DataRange(result).withSize(count)));
    MemorySegment.copy(result.getSegment(), ValueLayout.JAVA_FLOAT, 0, logits, 0, count);
  }

  @Override
  public boolean runLikeliest(Batch batch, int vocabulary, int[] tokens) {
    batch.validate(bounds);
    compute(batch, Math.min(vocabulary, graph.result().width()), Optional.empty());
    for (int i = 0; i < batch.outputCount(); i++) {
      tokens[i] = likeliest.get(i);
      if (tokens[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /// @param wanted what is to be copied back besides the likeliest tokens
  private void compute(Batch batch, int vocabulary, Optional<DataRange> wanted) {
    if (closed) {
      throw new TensorException("run: expected an open executable, got a closed one");
    }
    step.set(batch, bounds.givenWidth(), vocabulary);
    tasks.forEach(task -> task.resize(batch.tokenCount(), batch.outputCount()));
    try {
      for (int part = 0; part < parts - 1; part++) {
        plan.withGraph(part).execute();
      }
      TornadoExecutionResult last = plan.withGraph(parts - 1).execute();
      wanted.ifPresent(last::transferToHost);
    } catch (TornadoOutOfMemoryException | TornadoMemoryException e) {
      throw new TensorException(
          "the device has too little memory left: %s; use --gpu-layers N to leave blocks to the processor, or a shorter context"
              .formatted(DeviceErrors.text(e)),
          e);
    } catch (RuntimeException | TornadoInternalError e) {
      throw new TensorException("the device failed: " + DeviceErrors.text(e), e);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try {
        plan.freeDeviceMemory();
        plan.close();
      } catch (TornadoExecutionPlanException e) {
        throw new TensorException("device memory cannot be freed: " + e.getMessage(), e);
      }
    }
  }
}
