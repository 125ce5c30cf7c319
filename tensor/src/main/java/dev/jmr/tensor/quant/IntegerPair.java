package dev.jmr.tensor.quant;

/// A [ScaleMin] as blocks keep it: both numbers in a few bits, as multiples of a unit that the block shares.
record IntegerPair(int scale, int min) {
  ScaleMin decode(ScaleMin unit) {
    return new ScaleMin(unit.scale() * scale, unit.min() * min);
  }

  /// The pair near `fit` that loses least of `run`: the nearest one is not always the best.
  ///
  /// @param largest what the bits of either number hold
  static IntegerPair round(ScaleMin fit, ScaleMin unit, WeightedRun run, int maxCode, int largest) {
    int scale = nearest(fit.scale(), unit.scale(), largest);
    int min = nearest(fit.min(), unit.min(), largest);
    IntegerPair best = new IntegerPair(scale, min);
    double bestError = best.decode(unit).error(run, maxCode);
    for (int s = Math.max(0, scale - 1); s <= Math.min(scale + 1, largest); s++) {
      for (int m = Math.max(0, min - 1); m <= Math.min(min + 1, largest); m++) {
        IntegerPair neighbour = new IntegerPair(s, m);
        double error = neighbour.decode(unit).error(run, maxCode);
        if (error < bestError) {
          best = neighbour;
          bestError = error;
        }
      }
    }
    return best;
  }

  private static int nearest(float value, float unit, int largest) {
    return unit == 0 ? 0 : Math.clamp(Math.round(value / unit), 0, largest);
  }
}
