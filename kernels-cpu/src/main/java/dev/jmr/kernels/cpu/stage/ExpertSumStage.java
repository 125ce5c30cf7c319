package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.graph.ExpertSpec;
import dev.jmr.tensor.graph.Op;
import java.util.Arrays;

/// The weighted sum of the results of each token's experts.
final class ExpertSumStage extends RowStage {
  private final ExpertRouting routing;
  private final int width;
  private final boolean weighted;
  private final int in;
  private final int out;

  ExpertSumStage(Op.MixtureOfExperts op, ExpertRouting routing, int in, int out) {
    super(op.output());
    this.routing = routing;
    this.width = op.output().width();
    this.weighted = op.spec().weighted() == ExpertSpec.Weighted.OUTPUT;
    this.in = in;
    this.out = out;
  }

  @Override
  void row(int row, Step step) {
    float[] x = step.workspace;
    int to = out + row * width;
    Arrays.fill(x, to, to + width, 0);
    for (int pair = row * routing.used(); pair < (row + 1) * routing.used(); pair++) {
      float factor = weighted ? routing.weights[pair] : 1;
      addScaled(x, in + pair * width, factor, to, width);
    }
  }

  private static void addScaled(float[] x, int from, float factor, int to, int count) {
    for (int i = 0; i < count; i++) {
      x[to + i] = Math.fma(x[from + i], factor, x[to + i]);
    }
  }
}
