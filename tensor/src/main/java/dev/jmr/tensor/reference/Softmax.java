package dev.jmr.tensor.reference;

/// `p(i) = e^(x(i) - max) / Σ e^(x(j) - max)`. Source: ggml `ggml_compute_forward_soft_max`.
final class Softmax {
  private Softmax() {}

  /// Replaces the first `count` elements by their softmax.
  static void inPlace(float[] x, int count) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      max = Math.max(max, x[i]);
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      x[i] = (float) Math.exp(x[i] - max);
      sum += x[i];
    }
    for (int i = 0; i < count; i++) {
      x[i] = (float) (x[i] / sum);
    }
  }
}
