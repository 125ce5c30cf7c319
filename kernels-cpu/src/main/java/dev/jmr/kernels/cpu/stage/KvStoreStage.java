package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.graph.AttentionSpec;
import dev.jmr.tensor.graph.Op;

/// Appends the batch's keys and values to a layer's cache.
final class KvStoreStage extends RowStage {
  private final AttentionSpec spec;
  private final KvCache cache;
  private final int keys;
  private final int values;

  KvStoreStage(Op.Attention op, KvCache cache, int keys, int values) {
    super(op.key());
    this.spec = op.spec();
    this.cache = cache;
    this.keys = keys;
    this.values = values;
  }

  @Override
  void row(int row, Step step) {
    Batch batch = step.batch();
    int position = batch.positions()[row];
    int page = batch.page(row, position);
    for (int head = 0; head < spec.headCountKv(); head++) {
      int key = keys + row * spec.keyWidth() + head * spec.keyLength();
      int value = values + row * spec.valueWidth() + head * spec.valueLength();
      cache.store(page, position % KvLayout.PAGE_TOKENS, head, step.workspace, key, value);
    }
  }
}
