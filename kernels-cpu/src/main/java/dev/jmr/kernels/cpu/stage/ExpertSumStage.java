package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.graph.Value;
import java.util.Arrays;

/// The weighted sum of the results of each token's experts.
final class ExpertSumStage extends RowStage {
  private final ExpertRouting routing;
  private final int width;
  private final int in;
  private final int out;

  ExpertSumStage(Value output, ExpertRouting routing, int in, int out) {
    super(output);
    this.routing = routing;
    this.width = output.width();
    this.in = in;
    this.out = out;
  }

  @Override
  void row(int row, Step step) {
    float[] x = step.workspace;
    int to = out + row * width;
    Arrays.fill(x, to, to + width, 0);
    for (int pair = row * routing.used(); pair < (row + 1) * routing.used(); pair++) {
      addScaled(x, in + pair * width, routing.weights[pair], to, width);
    }
  }

  private static void addScaled(float[] x, int from, float factor, int to, int count) {
    for (int i = 0; i < count; i++) {
      x[to + i] = Math.fma(x[from + i], factor, x[to + i]);
    }
  }
}
