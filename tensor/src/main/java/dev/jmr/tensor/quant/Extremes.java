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

  static float least(float[] x, int from, int count) {
    float least = x[from];
    for (int i = from + 1; i < from + count; i++) {
      least = Math.min(least, x[i]);
    }
    return least;
  }

  static float greatest(float[] x, int from, int count) {
    float greatest = x[from];
    for (int i = from + 1; i < from + count; i++) {
      greatest = Math.max(greatest, x[i]);
    }
    return greatest;
  }
}
