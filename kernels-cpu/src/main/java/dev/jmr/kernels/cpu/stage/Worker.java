package dev.jmr.kernels.cpu.stage;

import dev.jmr.kernels.cpu.linear.PanelMatmul;

/// One worker's scratch memory. Used by its own thread only.
public final class Worker {
  /// Long enough for the collector to place the array in a region of its own, see [dev.jmr.kernels.cpu.vector.Lanes#PAD].
  private static final int SCRATCH = 1 << 18;

  final PanelMatmul panels;
  final float[] scratch;
  final float[] keys;
  final float[] values;
  float[] scores = new float[0];

  /// Scratch for a step.
  ///
  /// @param maxTokens tokens of the largest batch
  /// @param pageLength floats of one head's keys in a page
  /// @param panelRows weight rows in a tile of the panel form
  public Worker(int maxTokens, int pageLength, int panelRows) {
    panels = new PanelMatmul(maxTokens, panelRows);
    scratch = new float[SCRATCH];
    keys = new float[pageLength];
    values = new float[pageLength];
  }

  /// At least `length` floats for attention scores; grows with the context, then stays.
  float[] scores(int length) {
    if (scores.length < length) {
      scores = new float[Math.max(length, scores.length * 2)];
    }
    return scores;
  }

  /// Floats of a worker's memory.
  static long floats(int maxTokens, int pageLength, int panelRows) {
    return PanelMatmul.floats(maxTokens, panelRows) + SCRATCH + 2L * pageLength;
  }
}
