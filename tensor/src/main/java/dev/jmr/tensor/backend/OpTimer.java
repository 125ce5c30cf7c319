package dev.jmr.tensor.backend;

import dev.jmr.tensor.graph.Op;
import dev.jmr.tensor.graph.WeightTraffic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Adds up the times of which a backend makes an [OpProfile]. Used by one thread.
public final class OpTimer {
  /// Tells how many bytes of weights a part reads.
  public interface Traffic {
    /// Bytes that one pass reads.
    ///
    /// @param tokens tokens of the pass
    /// @param outputs rows of logits of the pass
    long bytes(int tokens, int outputs);
  }

  /// A part of the graph that is timed by itself; its fields are those of [OpProfile.Entry].
  public record Part(String kind, String name, String weights, Traffic traffic) {
    /// An operation as a whole.
    public static Part of(Op op) {
      List<Op> ops = List.of(op);
      return of(ops, kindOf(op), (tokens, outputs) -> WeightTraffic.bytes(op, tokens, outputs));
    }

    /// A step of operations that are computed together; the kind is that of the first with the step behind it, unless
    /// both are called the same.
    ///
    /// @param step what is done in it, such as `pack`
    public static Part of(List<? extends Op> ops, String step, Traffic traffic) {
      String kind = kindOf(ops.getFirst());
      return new Part(
          step.equals(kind) ? kind : kind + "/" + step, nameOf(ops), weightsOf(ops), traffic);
    }

    private static String kindOf(Op op) {
      String name = op.getClass().getSimpleName();
      return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /// `blk.0.attn_q+attn_k`: the block is not repeated.
    private static String nameOf(List<? extends Op> ops) {
      String first = ops.getFirst().output().name();
      String block = first.substring(0, first.lastIndexOf('.') + 1);
      return first
          + ops.stream()
              .skip(1)
              .map(op -> op.output().name())
              .map(name -> "+" + (name.startsWith(block) ? name.substring(block.length()) : name))
              .collect(Collectors.joining());
    }

    /// Vectors such as norms and biases do not count.
    private static String weightsOf(List<? extends Op> ops) {
      return ops.stream()
          .flatMap(op -> op.weights().stream())
          .filter(weight -> weight.shape().rank() > 1)
          .map(weight -> weight.type().name())
          .distinct()
          .collect(Collectors.joining("+"));
    }
  }

  private final List<Part> parts;
  private final long[] calls;
  private final long[] nanos;
  private final long[] weightBytes;

  /// What each part reads in a pass of the size of the last one.
  private final long[] bytesOfPass;

  private int lastTokens;
  private int lastOutputs;

  /// All parts in the order of execution, none of them run yet.
  public OpTimer(List<Part> parts) {
    this.parts = List.copyOf(parts);
    calls = new long[parts.size()];
    nanos = new long[parts.size()];
    weightBytes = new long[parts.size()];
    bytesOfPass = new long[parts.size()];
  }

  /// Part `index` was run once more.
  public void add(int index, long nanosSpent) {
    calls[index]++;
    nanos[index] += nanosSpent;
  }

  /// A pass is over; counts what it read.
  public void endPass(int tokens, int outputs) {
    if (tokens != lastTokens || outputs != lastOutputs) {
      lastTokens = tokens;
      lastOutputs = outputs;
      Arrays.setAll(bytesOfPass, i -> parts.get(i).traffic().bytes(tokens, outputs));
    }
    for (int i = 0; i < weightBytes.length; i++) {
      weightBytes[i] += bytesOfPass[i];
    }
  }

  /// Everything so far.
  public OpProfile profile() {
    List<OpProfile.Entry> entries = new ArrayList<>();
    for (int i = 0; i < calls.length; i++) {
      Part part = parts.get(i);
      entries.add(
          new OpProfile.Entry(
              part.kind(), part.name(), part.weights(), calls[i], nanos[i], weightBytes[i]));
    }
    return new OpProfile(entries);
  }
}
