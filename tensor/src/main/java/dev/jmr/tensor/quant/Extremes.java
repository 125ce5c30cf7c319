package dev.jmr.tensor.quant;

/// What quantizers ask first of a run of elements: how far it reaches.
final class Extremes {
  private Extremes() {}

  /// The element of greatest magnitude, with its sign; the first of equals.
  static float signed(float[] x, int from, int count) {
    float extreme = 0;
    for (int i = from; i < from + count; i++) {
      if (Math.abs(x[i]) > Math.abs(extreme)) {
        extreme = x[i];
      }
    }
    return extreme;
  }

  static float magnitude(float[] x, int from, int count) {
    return Math.abs(signed(x, from, count));
  }
}
