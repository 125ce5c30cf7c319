package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.graph.Op;

/// A vector added to each row.
final class AddBiasStage extends RowStage {
  private final int in;
  private final int out;
  private final float[] bias;

  AddBiasStage(Op.AddBias op, int in, int out) {
    super(op.output());
    this.in = in;
    this.out = out;
    this.bias = new float[op.output().width()];
    TensorType.F32.format().dequantize(op.bias().data(), 0, bias, 0, bias.length);
  }

  @Override
  void row(int row, Step step) {
    int at = row * bias.length;
    for (int i = 0; i < bias.length; i++) {
      step.workspace[out + at + i] = step.workspace[in + at + i] + bias[i];
    }
  }
}
