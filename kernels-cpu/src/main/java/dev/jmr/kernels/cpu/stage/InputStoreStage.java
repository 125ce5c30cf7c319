package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.graph.Op;

/// Appends the batch's inputs to the cache of a convolution.
final class InputStoreStage extends RowStage {
  private final InputCache cache;
  private final int in;

  InputStoreStage(Op.ShortConvolution op, InputCache cache, int in) {
    super(op.input());
    this.cache = cache;
    this.in = in;
  }

  @Override
  void row(int row, Step step) {
    Batch batch = step.batch();
    int position = batch.positions()[row];
    int slot = position % KvLayout.PAGE_TOKENS;
    cache.store(batch.page(row, position), slot, step.workspace, in + row * cache.width);
  }
}
