package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.graph.AttentionSpec;
import dev.jmr.tensor.graph.Op;

/// Adds what [AttendStage] found in the parts of a context. A chunk is a token and a key-value head.
final class AttendMergeStage implements Stage {
  private final AttentionSpec spec;
  private final int out;
  private final int maxParts;

  /// @param maxParts of the longest context
  AttendMergeStage(Op.Attention op, int out, int maxParts) {
    this.spec = op.spec();
    this.out = out;
    this.maxParts = maxParts;
  }

  @Override
  public int chunks(Step step) {
    return AttendStage.splits(step) ? step.tokens() * spec.headCountKv() : 0;
  }

  @Override
  public void run(int chunk, Step step, Worker worker) {
    int token = chunk / spec.headCountKv();
    int group = spec.headCount() / spec.headCountKv();
    int first = chunk % spec.headCountKv() * group;
    int parts = parts(step, token);
    AttentionTile tile = worker.attention;
    tile.clearTotals();
    for (int part = 0; part < parts; part++) {
      for (int i = 0; i < group; i++) {
        int at = AttendStage.partialOffset(spec, maxParts, token, part, first + i);
        float max = step.partials[at + spec.headSize()];
        float weight = step.partials[at + spec.headSize() + 1];
        tile.add(i, spec.headSize(), step.partials, at, max, weight);
      }
    }
    for (int i = 0; i < group; i++) {
      int to = out + token * spec.queryWidth() + (first + i) * spec.headSize();
      tile.mean(i, spec.headSize(), step.workspace, to);
    }
  }

  /// How many parts hold results for a token: those from its block's first on to its own.
  private int parts(Step step, int token) {
    int block = 0;
    while (step.blocks[block + 1] <= token) {
      block++;
    }
    Batch batch = step.batch();
    int first = AttendStage.firstPart(spec, batch, step.blocks[block]);
    return AttendStage.lastPart(batch, token) - first + 1;
  }
}
