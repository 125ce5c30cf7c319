package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.quant.BlockFormat;

/// Decodes the learned vector of each position. One chunk per token.
final class EmbedPositionStage implements Stage {
  private final Tensor weight;
  private final BlockFormat format;
  private final int columns;
  private final int out;

  EmbedPositionStage(Tensor weight, int out) {
    this.weight = weight;
    this.format = weight.type().format();
    this.columns = (int) weight.shape().columns();
    this.out = out;
  }

  @Override
  public int chunks(Step step) {
    return step.tokens();
  }

  @Override
  public void run(int chunk, Step step, Worker worker) {
    long row = step.batch().positions()[chunk] * weight.rowBytes();
    format.dequantize(weight.data(), row, step.workspace, out + chunk * columns, columns);
  }
}
