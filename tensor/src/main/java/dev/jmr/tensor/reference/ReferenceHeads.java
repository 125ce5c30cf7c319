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

  void matchLength(Op.MatchLength op, Activations activations) {
    float[] input = activations.read(op.input());
    float[] like = activations.read(op.like());
    float[] output = activations.write(op.output());
    int size = op.like().width();
    int heads = op.input().width() / size;
    for (int i = 0; i < activations.rows(op.input()) * heads; i++) {
      double own = length(input, i * size, size);
      double factor = own == 0 ? 0 : length(like, i / heads * size, size) / own;
      for (int e = i * size; e < (i + 1) * size; e++) {
        output[e] = (float) (input[e] * factor);
      }
    }
  }

  private static double length(float[] x, int from, int count) {
    double squares = 0;
    for (int i = from; i < from + count; i++) {
      squares += (double) x[i] * x[i];
    }
    return Math.sqrt(squares);
  }

  void mix(Op.MixHeads op, Activations activations) {
    float[] input = activations.read(op.input());
    float[] coefficients = activations.read(op.coefficients());
    float[] output = activations.write(op.output());
    int size = op.input().width() / op.headCount();
    for (int i = 0; i < activations.size(op.output()); i++) {
      int row = i / op.output().width();
      int made = i / size;
      double sum = 0;
      for (int head = 0; head < op.headCount(); head++) {
        double coefficient = coefficients[made * op.headCount() + head];
        sum += coefficient * input[row * op.input().width() + head * size + i % size];
      }
      output[i] = (float) sum;
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
