package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.graph.Op;
import java.util.Arrays;

/// Mixes each row with those at the positions before it, column by column.
final class ShortConvolutionStage extends RowStage {
  private final InputCache cache;
  private final int width;
  private final int length;
  private final int out;

  /// `[N, E]`: transposed, so that the columns are neighbours.
  private final float[] weight;

  ShortConvolutionStage(Op.ShortConvolution op, InputCache cache, int out) {
    super(op.output());
    this.cache = cache;
    this.width = op.output().width();
    this.length = Math.toIntExact(op.weight().shape().columns());
    this.out = out;
    float[] rows = new float[width * length];
    TensorType.F32.format().dequantize(op.weight().data(), 0, rows, 0, rows.length);
    this.weight = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      weight[i % length * width + i / length] = rows[i];
    }
  }

  @Override
  void row(int row, Step step) {
    Batch batch = step.batch();
    int first = batch.positions()[row] - length + 1;
    int to = out + row * width;
    Arrays.fill(step.workspace, to, to + width, 0);
    for (int j = Math.max(0, -first); j < length; j++) {
      int page = batch.page(row, first + j);
      int slot = (first + j) % KvLayout.PAGE_TOKENS;
      cache.accumulate(page, slot, weight, j * width, step.workspace, to);
    }
  }
}
