package dev.jmr.tensor.reference;

import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.graph.AttentionSpec;
import dev.jmr.tensor.graph.Op;

/// Softmax attention of one layer over its paged cache. Source: ggml `ggml_soft_max_ext` between two `ggml_mul_mat`.
final class ReferenceAttention {
  private final AttentionSpec spec;
  private final KvStore keys;
  private final KvStore values;
  private final float[] sinks;
  private float[] scores = new float[0];

  ReferenceAttention(Op.Attention op, KvLayout layout) {
    this.spec = op.spec();
    this.keys = new KvStore(layout, spec.keyWidth(), spec.keyLength());
    this.values = new KvStore(layout, spec.valueWidth(), spec.valueLength());
    this.sinks = new float[op.sinks().isPresent() ? spec.headCount() : 0];
    op.sinks()
        .ifPresent(
            tensor -> TensorType.F32.format().dequantize(tensor.data(), 0, sinks, 0, sinks.length));
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
      keys.put(page, position, key, t * spec.keyWidth());
      values.put(page, position, value, t * spec.valueWidth());
    }
  }

  /// `output = softmax(scale · query · keysᵀ) · values` for one token and one head.
  private void attend(Batch batch, int t, int head, float[] query, float[] output) {
    int kvHead = head / spec.groupSize();
    int first = spec.mask().firstVisible(batch.positions()[t]);
    int last = spec.mask().lastVisible(batch.positions()[t], batch.lastPosition(t));
    int count = last - first + 1;
    if (scores.length <= count) {
      scores = new float[Math.max(count + 1, 2 * scores.length)];
    }
    int queryOffset = t * spec.queryWidth() + head * spec.keyLength();
    for (int i = 0; i < count; i++) {
      int page = batch.page(t, first + i);
      double dot = 0;
      for (int d = 0; d < spec.keyLength(); d++) {
        float key = keys.get(page, first + i, kvHead * spec.keyLength() + d);
        dot += (double) query[queryOffset + d] * key;
      }
      scores[i] = capped((float) dot * spec.scale());
    }
    if (sinks.length > 0) {
      scores[count] = sinks[head];
    }
    Softmax.inPlace(scores, sinks.length > 0 ? count + 1 : count);
    int resultOffset = t * spec.resultWidth() + head * spec.valueLength();
    for (int d = 0; d < spec.valueLength(); d++) {
      double sum = 0;
      for (int i = 0; i < count; i++) {
        int page = batch.page(t, first + i);
        sum += (double) scores[i] * values.get(page, first + i, kvHead * spec.valueLength() + d);
      }
      output[resultOffset + d] = (float) sum;
    }
  }

  private float capped(float score) {
    return spec.softcap() == 0 ? score : spec.softcap() * (float) Math.tanh(score / spec.softcap());
  }
}
