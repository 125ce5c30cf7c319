package dev.jmr.tensor.reference;

import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.graph.Op;

/// A convolution over the positions of a sequence, whose inputs are kept in pages.
final class ReferenceConvolution {
  private final KvStore inputs;
  private final WeightRow row = new WeightRow();

  ReferenceConvolution(Op.ShortConvolution op, KvLayout layout) {
    this.inputs = KvStore.ofInputs(layout, op.input().width());
  }

  void run(Op.ShortConvolution op, Batch batch, Activations activations) {
    float[] input = activations.read(op.input());
    float[] output = activations.write(op.output());
    int width = op.input().width();
    int length = Math.toIntExact(op.weight().shape().columns());
    for (int t = 0; t < batch.tokenCount(); t++) {
      int position = batch.positions()[t];
      inputs.put(batch.page(t, position), position, input, t * width);
    }
    for (int e = 0; e < width; e++) {
      row.load(op.weight(), e);
      for (int t = 0; t < batch.tokenCount(); t++) {
        double sum = 0;
        int first = batch.positions()[t] - length + 1;
        for (int j = Math.max(0, -first); j < length; j++) {
          sum += (double) row.get(j) * inputs.get(batch.page(t, first + j), first + j, e);
        }
        output[t * width + e] = (float) sum;
      }
    }
  }
}
