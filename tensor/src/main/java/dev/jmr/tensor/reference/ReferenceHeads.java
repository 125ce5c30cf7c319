package dev.jmr.tensor.reference;

import dev.jmr.tensor.graph.Op;

/// Operations that take the heads of a row one by one.
final class ReferenceHeads {
  private final WeightRow row = new WeightRow();

  void slice(Op.Slice op, Activations activations) {
    float[] input = activations.read(op.input());
    float[] output = activations.write(op.output());
    int count = op.output().width() / (op.input().width() / op.headSize());
    int heads = activations.size(op.input()) / op.headSize();
    for (int i = 0; i < heads; i++) {
      System.arraycopy(input, i * op.headSize() + op.from(), output, i * count, count);
    }
  }

  void concat(Op.Concat op, Activations activations) {
    float[] left = activations.read(op.left());
    float[] right = activations.read(op.right());
    float[] output = activations.write(op.output());
    int leftSize = op.left().width() / op.headCount();
    int size = op.output().width() / op.headCount();
    int rightSize = size - leftSize;
    int rightCount = op.right().width() / rightSize;
    for (int i = 0; i < activations.rows(op.left()) * op.headCount(); i++) {
      int match = i / op.headCount() * rightCount + i % op.headCount() % rightCount;
      System.arraycopy(left, i * leftSize, output, i * size, leftSize);
      System.arraycopy(right, match * rightSize, output, i * size + leftSize, rightSize);
    }
  }

  void linear(Op.HeadLinear op, Activations activations) {
    float[] input = activations.read(op.input());
    float[] output = activations.write(op.output());
    int rows = activations.rows(op.input());
    int out = Math.toIntExact(op.weight().shape().axis(1));
    int columns = Math.toIntExact(op.weight().shape().columns());
    for (int o = 0; rows > 0 && o < op.output().width(); o++) {
      row.load(op.weight(), o);
      for (int t = 0; t < rows; t++) {
        output[t * op.output().width() + o] =
            row.dot(input, t * op.input().width() + o / out * columns);
      }
    }
  }
}
