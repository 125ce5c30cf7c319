package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.graph.Op;
import dev.jmr.tensor.graph.PositionTemperature;

/// A value times a factor that depends on each token's position.
final class ScaleByPositionStage extends RowStage {
  private final int width;
  private final PositionTemperature temperature;
  private final int in;
  private final int out;

  ScaleByPositionStage(Op.ScaleByPosition op, int in, int out) {
    super(op.output());
    this.width = op.output().width();
    this.temperature = op.temperature();
    this.in = in;
    this.out = out;
  }

  @Override
  void row(int row, Step step) {
    float factor = temperature.at(step.batch().positions()[row]);
    scale(step.workspace, in + row * width, factor, out + row * width, width);
  }

  private static void scale(float[] x, int from, float factor, int to, int count) {
    for (int i = 0; i < count; i++) {
      x[to + i] = x[from + i] * factor;
    }
  }
}
