package dev.jmr.kernels.gpu.tornado;

import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.UnsupportedTensorTypeException;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.DeviceException;
import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.backend.MemoryEstimate;
import dev.jmr.tensor.backend.MemoryPlan;
import dev.jmr.tensor.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoInternalError;

/// Compiles graphs for one device.
public final class TornadoBackend implements Backend {
  private final String detail;
  private final TornadoDevice device;
  private final boolean checked;
  private final List<TornadoExecutable> executables = new ArrayList<>();
  private boolean closed;

  /// Compares each graph with the processor before it is handed out, see [DeviceCheck].
  ///
  /// @param detail the device, for status lines
  /// @param driver the place of its driver among TornadoVM's
  /// @param index its place among the driver's devices
  public TornadoBackend(String detail, int driver, int index) {
    this(detail, TornadoExecutionPlan.getDevice(driver, index), true);
  }

  private TornadoBackend(String detail, TornadoDevice device, boolean checked) {
    this.detail = detail;
    this.device = device;
    this.checked = checked;
  }

  /// On the first device there is, and for those who compare for themselves.
  public static TornadoBackend unchecked(String detail) {
    return new TornadoBackend(detail, TornadoExecutionPlan.getDevice(0, 0), false);
  }

  @Override
  public String name() {
    return "tornado";
  }

  @Override
  public String detail() {
    return detail;
  }

  @Override
  public int threads() {
    return 1;
  }

  /// Each of TornadoVM's arrays is in this machine's memory and in the device's.
  @Override
  public MemoryEstimate estimate(Graph graph, KvLayout kv, BatchLimits limits) {
    long weights = graph.weights().stream().mapToLong(DeviceWeights::bytes).sum();
    long pages =
        graph.attentions().stream()
            .mapToLong(op ->
                KvArrays.bytes(kv, op.spec().keyWidth())
                    + KvArrays.bytes(kv, op.spec().valueWidth()))
            .sum();
    pages +=
        graph.convolutions().stream().mapToLong(op -> KvArrays.bytes(kv, op.input().width())).sum();
    long floats = MemoryPlan.of(graph, limits).size() + ExpertTasks.room(graph, limits);
    floats += (long) limits.outputs() * graph.result().width();
    long work = floats * Float.BYTES;
    return new MemoryEstimate(weights, pages, work, weights + pages + work);
  }

  @Override
  public synchronized Executable compile(Graph graph, KvLayout kv, BatchLimits limits) {
    if (closed) {
      throw new TensorException("backend tornado: expected an open backend, got a closed one");
    }
    for (Tensor weight : graph.weights()) {
      if (!weight.type().computable()) {
        throw new UnsupportedTensorTypeException(
            "weight %s: type %s cannot be computed with yet"
                .formatted(weight.name(), weight.type()));
      }
    }
    try {
      TornadoExecutable executable = prepared(graph, kv, limits);
      executables.add(executable);
      return executable;
    } catch (TensorException e) {
      throw new DeviceException(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException | TornadoInternalError e) {
      throw new DeviceException("the device failed: " + DeviceErrors.text(e), e);
    }
  }

  private TornadoExecutable prepared(Graph graph, KvLayout kv, BatchLimits limits) {
    TornadoExecutable executable = new TornadoExecutable(device, graph, kv, limits);
    try {
      if (checked) {
        DeviceCheck.check(executable, graph, kv, limits);
      }
      return executable;
    } catch (RuntimeException | Error e) {
      executable.close();
      throw e;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    executables.forEach(TornadoExecutable::close);
    executables.clear();
  }
}
