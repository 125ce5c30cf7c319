package dev.jmr.tensor.reference;

import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.graph.AttentionSpec;
import dev.jmr.tensor.graph.Op;

/// Softmax attention of one layer over its paged cache. Source: ggml `ggml_soft_max_ext` between two `ggml_mul_mat`.
final class ReferenceAttention {
  private final AttentionSpec spec;
  private final KvStore keys;
  private final KvStore values;
  private float[] scores = new float[0];

  ReferenceAttention(AttentionSpec spec, KvLayout layout) {
    this.spec = spec;
    this.keys = new KvStore(layout, spec.kvWidth());
    this.values = new KvStore(layout, spec.kvWidth());
  }

  void run(Op.Attention op, Batch batch, Activations activations) {
    append(batch, activations.read(op.key()), activations.read(op.value()));
    float[] query = activations.read(op.query());
    float[] output = activations.write(op.output());
    for (int t = 0; t < batch.tokenCount(); t++) {
      for (int head = 0; head < spec.headCount(); head++) {
        attend(batch, t, head, query, output);
      }
    }
  }

  private void append(Batch batch, float[] key, float[] value) {
    for (int t = 0; t < batch.tokenCount(); t++) {
      int position = batch.positions()[t];
      int page = batch.page(t, position);
      keys.put(page, position, key, t * spec.kvWidth());
      values.put(page, position, value, t * spec.kvWidth());
    }
  }

  /// `output = softmax(scale · query · keysᵀ) · values` for one token and one head.
  private void attend(Batch batch, int t, int head, float[] query, float[] output) {
    int headSize = spec.headSize();
    int kvOffset = head / (spec.headCount() / spec.headCountKv()) * headSize;
    int rowOffset = t * spec.queryWidth() + head * headSize;
    int last = batch.positions()[t];
    int first = spec.firstVisible(last);
    int count = last - first + 1;
    if (scores.length < count) {
      scores = new float[Math.max(count, 2 * scores.length)];
    }
    for (int i = 0; i < count; i++) {
      int page = batch.page(t, first + i);
      double dot = 0;
      for (int d = 0; d < headSize; d++) {
        dot += (double) query[rowOffset + d] * keys.get(page, first + i, kvOffset + d);
      }
      scores[i] = (float) dot * spec.scale();
    }
    Softmax.inPlace(scores, count);
    for (int d = 0; d < headSize; d++) {
      double sum = 0;
      for (int i = 0; i < count; i++) {
        int page = batch.page(t, first + i);
        sum += (double) scores[i] * values.get(page, first + i, kvOffset + d);
      }
      output[rowOffset + d] = (float) sum;
    }
  }
}
