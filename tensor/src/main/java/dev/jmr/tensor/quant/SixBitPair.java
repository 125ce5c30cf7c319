package dev.jmr.tensor.quant;

/// A [ScaleMin] as [ScalesAndMins] keeps it: both numbers in 6 bits, as multiples of a unit that the block shares.
record SixBitPair(int scale, int min) {
  static final int MAX = 63;

  ScaleMin decode(ScaleMin unit) {
    return new ScaleMin(unit.scale() * scale, unit.min() * min);
  }

  /// The pair near `fit` that loses least of `x`: the nearest one is not always the best.
  static SixBitPair round(ScaleMin fit, ScaleMin unit, float[] x, int maxCode) {
    int scale = nearest(fit.scale(), unit.scale());
    int min = nearest(fit.min(), unit.min());
    SixBitPair best = new SixBitPair(scale, min);
    double bestError = best.decode(unit).error(x, maxCode);
    for (int s = Math.max(0, scale - 1); s <= Math.min(scale + 1, MAX); s++) {
      for (int m = Math.max(0, min - 1); m <= Math.min(min + 1, MAX); m++) {
        SixBitPair neighbour = new SixBitPair(s, m);
        double error = neighbour.decode(unit).error(x, maxCode);
        if (error < bestError) {
          best = neighbour;
          bestError = error;
        }
      }
    }
    return best;
  }

  private static int nearest(float value, float unit) {
    return unit == 0 ? 0 : Math.clamp(Math.round(value / unit), 0, MAX);
  }
}
