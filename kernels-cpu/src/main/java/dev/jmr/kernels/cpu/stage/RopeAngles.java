package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.graph.RopeTable;

/// Sines and cosines of one rope table for the tokens of a step, computed once and used by every layer.
final class RopeAngles implements Stage {
  private final RopeTable table;
  final float[] cosines;
  final float[] sines;

  RopeAngles(RopeTable table, int maxTokens) {
    this.table = table;
    cosines = new float[maxTokens * table.pairCount()];
    sines = new float[maxTokens * table.pairCount()];
  }

  @Override
  public int chunks(Step step) {
    return step.tokens();
  }

  @Override
  public void run(int chunk, Step step, Worker worker) {
    int position = step.batch().positions()[chunk];
    int pairs = table.pairCount();
    for (int i = 0; i < pairs; i++) {
      float angle = position * table.frequency(i);
      cosines[chunk * pairs + i] = (float) Math.cos(angle) * table.magnitude();
      sines[chunk * pairs + i] = (float) Math.sin(angle) * table.magnitude();
    }
  }
}
