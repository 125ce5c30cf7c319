package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.graph.AttentionSpec;
import dev.jmr.tensor.graph.Op;

/// Adds what [AttendStage] found in the parts of a context. A chunk is a token and a key-value head.
final class AttendMergeStage implements Stage {
  private final AttentionSpec spec;
  private final int out;
  private final int maxParts;
  private final float[] sinks;

  /// @param maxParts of the longest context
  AttendMergeStage(Op.Attention op, int out, int maxParts) {
    this.spec = op.spec();
    this.out = out;
    this.maxParts = maxParts;
    this.sinks = AttendStage.sinks(op);
  }

  @Override
  public int chunks(Step step) {
    return AttendStage.splits(step) ? step.tokens() * spec.headCountKv() : 0;
  }

  @Override
  public void run(int chunk, Step step, Worker worker) {
    int token = chunk / spec.headCountKv();
    int group = spec.groupSize();
    int first = chunk % spec.headCountKv() * group;
    int parts = parts(step, token);
    AttentionTile tile = worker.attention;
    tile.clearTotals();
    for (int part = 0; part < parts; part++) {
      for (int i = 0; i < group; i++) {
        int at = AttendStage.partialOffset(spec, maxParts, token, part, first + i);
        float max = step.partials[at + spec.valueLength()];
        float weight = step.partials[at + spec.valueLength() + 1];
        tile.add(i, spec.valueLength(), step.partials, at, max, weight);
      }
    }
    for (int i = 0; i < group; i++) {
      if (sinks.length > 0) {
        tile.addSink(i, sinks[first + i]);
      }
      int to = out + token * spec.resultWidth() + (first + i) * spec.valueLength();
      tile.mean(i, spec.valueLength(), step.workspace, to);
    }
  }

  /// How many parts hold results for a token: those from its block's first on to its own last.
  private int parts(Step step, int token) {
    int block = 0;
    while (step.blocks[block + 1] <= token) {
      block++;
    }
    return AttendStage.lastPart(spec, step, block, token)
        - AttendStage.firstPart(spec, step, block)
        + 1;
  }
}
