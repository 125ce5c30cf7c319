package dev.jmr.kernels.cpu.stage;

import dev.jmr.kernels.cpu.linear.PanelMatmul;
import dev.jmr.kernels.cpu.linear.TokenPair;

/// One worker's scratch memory. Used by its own thread only.
public final class Worker {
  /// Long enough for the collector to place the array in a region of its own, see [dev.jmr.kernels.cpu.vector.Lanes#PAD].
  private static final int SCRATCH = 1 << 18;

  final PanelMatmul panels;
  final float[] scratch;
  final AttentionTile attention;

  /// Two tokens that are computed together, and what a projection makes of them.
  final TokenPair pair = new TokenPair();

  final TokenPair part = new TokenPair();

  /// Scratch for the steps of a program.
  public Worker(Program.Sizes sizes) {
    panels = new PanelMatmul(sizes.maxTokens(), sizes.panelRows());
    scratch = new float[SCRATCH];
    attention = new AttentionTile(sizes.attention());
  }

  /// Floats of a worker's memory.
  static long floats(Program.Sizes sizes) {
    return PanelMatmul.floats(sizes.maxTokens(), sizes.panelRows())
        + SCRATCH
        + AttentionTile.floats(sizes.attention());
  }
}
