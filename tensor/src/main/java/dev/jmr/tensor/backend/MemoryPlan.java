package dev.jmr.tensor.backend;

import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.Op;
import dev.jmr.tensor.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Where each value of a graph lies in one workspace of floats, so that values that are not needed at the same time share
/// room. Sized for the largest batch; immutable.
///
/// A value lives from the operation that writes it to the last one that reads it, both included, hence an operation's
/// output never overlaps its inputs; the graph's result lives to the end. Places are given to the largest values first,
/// each in the tightest gap between those that live at the same time.
public final class MemoryPlan {
  /// Every offset and the size are multiples of this many floats: 64 bytes, a cache line and the widest vector.
  public static final int ALIGNMENT = 16;

  private final long[] offsets;
  private final long size;

  private MemoryPlan(long[] offsets, long size) {
    this.offsets = offsets;
    this.size = size;
  }

  /// Plans the workspace of `graph` for batches of up to `limits`.
  public static MemoryPlan of(Graph graph, BatchLimits limits) {
    List<Placement> open = new ArrayList<>(lifetimes(graph, limits));
    open.sort(Comparator.comparingLong((Placement p) -> p.length).reversed());
    List<Placement> placed = new ArrayList<>();
    long[] offsets = new long[graph.values().size()];
    long size = 0;
    for (Placement value : open) {
      value.offset = tightestGap(value, placed);
      offsets[value.id] = value.offset;
      size = Math.max(size, value.end());
      // Kept in the order of offsets, which is what looking for gaps needs.
      int index = 0;
      while (index < placed.size() && placed.get(index).offset <= value.offset) {
        index++;
      }
      placed.add(index, value);
    }
    return new MemoryPlan(offsets, size);
  }

  /// The first float of `value`; its rows follow one after the other.
  public long offset(Value value) {
    return offsets[value.id()];
  }

  /// Floats of the whole workspace.
  public long size() {
    return size;
  }

  private static List<Placement> lifetimes(Graph graph, BatchLimits limits) {
    Placement[] lifetimes = new Placement[graph.values().size()];
    for (int i = 0; i < graph.ops().size(); i++) {
      Op op = graph.ops().get(i);
      lifetimes[op.output().id()] = new Placement(op.output(), limits, i);
      for (Value input : op.inputs()) {
        lifetimes[input.id()].last = i;
      }
    }
    lifetimes[graph.result().id()].last = graph.ops().size();
    return Arrays.asList(lifetimes);
  }

  /// The offset of the smallest gap that `value` fits into, or the end of what lives at the same time.
  private static long tightestGap(Placement value, List<Placement> placed) {
    long end = 0;
    long best = -1;
    long bestGap = Long.MAX_VALUE;
    for (Placement other : placed) {
      if (!value.livesWith(other)) {
        continue;
      }
      long gap = other.offset - end;
      if (gap >= value.length && gap < bestGap) {
        best = end;
        bestGap = gap;
      }
      end = Math.max(end, other.end());
    }
    return best >= 0 ? best : end;
  }

  /// A value on its way to a place.
  private static final class Placement {
    private final int id;
    private final long length;
    private final int first;
    private int last;
    private long offset;

    Placement(Value value, BatchLimits limits, int writtenBy) {
      long rows =
          switch (value.rows()) {
            case TOKENS -> limits.tokens();
            case OUTPUTS -> limits.outputs();
          };
      id = value.id();
      length = Math.ceilDiv(rows * value.width(), ALIGNMENT) * ALIGNMENT;
      first = writtenBy;
      last = writtenBy;
    }

    boolean livesWith(Placement other) {
      return first <= other.last && other.first <= last;
    }

    long end() {
      return offset + length;
    }
  }
}
