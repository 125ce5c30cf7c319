package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.graph.ExpertSpec;
import dev.jmr.tensor.graph.Op;
import java.util.Arrays;

/// The weighted sum of the results of each token's experts.
final class ExpertSumStage extends RowStage {
  private final ExpertRouting routing;
  private final ExpertMatmul.Part down;
  private final boolean weighted;
  private final float[] scales;
  private final int width;
  private final int out;

  /// @param down where the results lie
  ExpertSumStage(Op.MixtureOfExperts op, ExpertRouting routing, ExpertMatmul.Part down, int out) {
    super(op.output());
    this.routing = routing;
    this.down = down;
    this.weighted = op.spec().weighted() == ExpertSpec.Weighted.OUTPUT;
    this.scales = ExpertChoice.floats(op.expertWeights().downScale());
    this.width = op.output().width();
    this.out = out;
  }

  @Override
  void row(int row, Step step) {
    float[] x = step.workspace;
    int to = out + row * width;
    Arrays.fill(x, to, to + width, 0);
    for (int i = row * routing.used(); i < (row + 1) * routing.used(); i++) {
      int slot = routing.slots[i];
      int from = down.out() + slot * width;
      int expert = routing.experts[slot];
      down.matrices().finish(expert, 0, width, 1, x, from);
      float share = weighted ? routing.weights[slot] : 1;
      addScaled(x, from, scales.length > 0 ? share * scales[expert] : share, to, width);
    }
  }

  private static void addScaled(float[] x, int from, float factor, int to, int count) {
    for (int i = 0; i < count; i++) {
      x[to + i] = Math.fma(x[from + i], factor, x[to + i]);
    }
  }
}
