package dev.jmr.tensor.backend;

import dev.jmr.tensor.DeviceOptions;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphSplit;

/// Two backends that share each model: the first blocks run on the one, the last blocks and what follows them on the other,
/// which is a device's. Owns and closes both.
///
/// Where all blocks run on the device, or none, the whole graph does.
public final class SplitBackend implements Backend {
  private final Backend host;
  private final Backend device;
  private final DeviceOptions options;

  /// @param host computes what the device does not
  /// @param options how many blocks the device computes, or how much memory it has for them
  public SplitBackend(Backend host, Backend device, DeviceOptions options) {
    this.host = host;
    this.device = device;
    this.options = options;
  }

  @Override
  public String name() {
    return host.name() + "+" + device.name();
  }

  @Override
  public String detail() {
    return "first blocks on %s (%s), last on %s (%s)"
        .formatted(host.name(), host.detail(), device.name(), device.detail());
  }

  @Override
  public String placement(Graph graph, KvLayout kv, BatchLimits limits) {
    int blocks = GraphSplit.blockCount(graph);
    int border = blocks - deviceBlocks(graph, kv, limits);
    if (border == blocks) {
      return host.placement(graph, kv, limits);
    }
    if (border == 0) {
      return device.placement(graph, kv, limits);
    }
    return "%s: blocks 0 to %d of %d on %s (%s), the others and the output on %s (%s)"
        .formatted(
            name(), border - 1, blocks, host.name(), host.detail(), device.name(), device.detail());
  }

  @Override
  public int threads() {
    return host.threads();
  }

  @Override
  public MemoryEstimate estimate(Graph graph, KvLayout kv, BatchLimits limits) {
    int blocks = GraphSplit.blockCount(graph);
    int onDevice = deviceBlocks(graph, kv, limits);
    if (onDevice == 0) {
      return host.estimate(graph, kv, limits);
    }
    if (onDevice == blocks) {
      return device.estimate(graph, kv, limits);
    }
    GraphSplit split = GraphSplit.before(graph, blocks - onDevice);
    MemoryEstimate first = host.estimate(split.first(), kv, everyToken(limits));
    MemoryEstimate second = device.estimate(split.second(), kv, limits);
    return new MemoryEstimate(
        first.weightBytes() + second.weightBytes(),
        first.kvBytes() + second.kvBytes(),
        first.workspaceBytes()
            + second.workspaceBytes()
            + (long) limits.tokens() * split.second().givenWidth() * Float.BYTES,
        first.deviceBytes() + second.deviceBytes());
  }

  @Override
  public Executable compile(Graph graph, KvLayout kv, BatchLimits limits) {
    int blocks = GraphSplit.blockCount(graph);
    int onDevice = deviceBlocks(graph, kv, limits);
    if (onDevice == 0) {
      return host.compile(graph, kv, limits);
    }
    if (onDevice == blocks) {
      return device.compile(graph, kv, limits);
    }
    GraphSplit split = GraphSplit.before(graph, blocks - onDevice);
    Executable first = host.compile(split.first(), kv, everyToken(limits));
    try {
      Executable second = device.compile(split.second(), kv, limits);
      return new SplitExecutable(
          BatchBounds.of(graph, kv, limits), first, second, graph.result().width(), split);
    } catch (RuntimeException | Error e) {
      first.close();
      throw e;
    }
  }

  /// How many of the last blocks the device computes; 0 for a graph without blocks.
  private int deviceBlocks(Graph graph, KvLayout kv, BatchLimits limits) {
    int blocks = GraphSplit.blockCount(graph);
    int wanted = Math.min(blocks, options.layers().orElse(blocks));
    while (wanted > 0 && !fits(graph, kv, limits, blocks, wanted)) {
      wanted--;
    }
    return wanted;
  }

  private boolean fits(Graph graph, KvLayout kv, BatchLimits limits, int blocks, int onDevice) {
    if (options.memoryBytes().isEmpty()) {
      return true;
    }
    Graph part = onDevice == blocks ? graph : GraphSplit.before(graph, blocks - onDevice).second();
    MemoryEstimate need = device.estimate(part, kv, limits);
    long bytes = need.deviceBytes() > 0 ? need.deviceBytes() : need.totalBytes();
    return bytes <= options.memoryBytes().getAsLong();
  }

  private static BatchLimits everyToken(BatchLimits limits) {
    return new BatchLimits(limits.tokens(), limits.tokens());
  }

  @Override
  public void close() {
    try (host;
        device) {
      // The try statement closes them, the last first, each even if another fails.
    }
  }
}
