package dev.jmr.tensor.quant;

/// A scale of either sign that decodes a run of elements: `x ≈ scale · q`, with codes `q` in `[−range, range)`.
record SignedScale(float scale) {
  private static final int STEPS = 9;
  private static final float STEP = 0.1f;

  /// The best scale for the elements of `run`.
  ///
  /// The element of greatest magnitude takes the side of the range that reaches further. Tries step widths around the
  /// one that puts it at the very end; for each it rounds the elements to codes and solves for the scale that decodes
  /// these codes with the least squared error.
  static SignedScale fit(WeightedRun run, int range) {
    float extreme = Extremes.signed(run.x(), 0, run.x().length);
    if (extreme == 0) {
      return new SignedScale(0);
    }
    SignedScale best = new SignedScale(extreme / -range);
    double bestError = best.error(run, range);
    for (int step = -STEPS; step <= STEPS; step++) {
      SignedScale guess = new SignedScale(extreme / -(range + STEP * step));
      SignedScale solved = guess.solveForItsCodes(run, range);
      double error = solved.error(run, range);
      if (error < bestError) {
        best = solved;
        bestError = error;
      }
    }
    return best;
  }

  /// The multiple of `unit` near this scale, in `[−limit, limit)`, that loses least of `run`: the nearest one is not
  /// always the best.
  int round(float unit, WeightedRun run, int range, int limit) {
    int nearest = unit == 0 ? 0 : Math.clamp(Math.round(scale / unit), -limit, limit - 1);
    int best = nearest;
    double bestError = Double.POSITIVE_INFINITY;
    int last = Math.min(nearest + 1, limit - 1);
    for (int multiple = Math.max(nearest - 1, -limit); multiple <= last; multiple++) {
      double error = new SignedScale(unit * multiple).error(run, range);
      if (error < bestError) {
        best = multiple;
        bestError = error;
      }
    }
    return best;
  }

  /// The code whose decoded value is nearest to `x`.
  int code(float x, int range) {
    return scale == 0 ? 0 : Math.clamp(Math.round(x / scale), -range, range - 1);
  }

  /// The weighted squared error of the elements, each at its best code.
  private double error(WeightedRun run, int range) {
    float[] x = run.x();
    float[] weights = run.weights();
    float inverse = scale == 0 ? 0 : 1 / scale;
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      int q = Math.clamp(Math.round(x[i] * inverse), -range, range - 1);
      float difference = scale * q - x[i];
      sum += weights[i] * difference * difference;
    }
    return sum;
  }

  /// Keeps the codes that this scale gives the elements, and finds the scale that decodes them best.
  private SignedScale solveForItsCodes(WeightedRun run, int range) {
    float[] x = run.x();
    float[] weights = run.weights();
    float inverse = 1 / scale;
    double wqx = 0;
    double wqq = 0;
    for (int i = 0; i < x.length; i++) {
      int q = Math.clamp(Math.round(x[i] * inverse), -range, range - 1);
      float weightedCode = weights[i] * q;
      wqx += weightedCode * x[i];
      wqq += weightedCode * q;
    }
    return wqq == 0 ? this : new SignedScale((float) (wqx / wqq));
  }
}
