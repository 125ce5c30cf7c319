package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.graph.ExpertMatrices;
import java.util.Arrays;

/// The matrices of all experts, with what is added to their products.
final class ExpertProjection {
  private final Projection[] experts;
  private final float[] bias;
  private final int firstRow;
  private final int biasRows;

  ExpertProjection(ExpertMatrices matrices, CpuSettings settings) {
    experts = new Projection[Math.toIntExact(matrices.weight().shape().axis(0))];
    Arrays.setAll(experts, i -> Projection.of(matrices, i, settings));
    bias = ExpertChoice.floats(matrices.bias());
    firstRow = matrices.firstRow();
    biasRows = Math.toIntExact(matrices.weight().shape().axis(1));
  }

  /// How many experts there are.
  int count() {
    return experts.length;
  }

  Projection of(int expert) {
    return experts[expert];
  }

  /// `x[i] = x[i] · factor + bias[row + i]`, of the expert's bias if there is one.
  void finish(int expert, int row, int count, float factor, float[] x, int at) {
    for (int i = 0; factor != 1 && i < count; i++) {
      x[at + i] *= factor;
    }
    int from = expert * biasRows + firstRow + row;
    for (int i = 0; bias.length > 0 && i < count; i++) {
      x[at + i] += bias[from + i];
    }
  }
}
