package dev.jmr.tensor.quant;

/// A scale and a minimum that decode a run of elements: `x ≈ scale · q − min`, with codes `q` from 0 to some maximum.
///
/// @param scale at least 0
/// @param min at least 0
record ScaleMin(float scale, float min) {
  private static final float WIDEST = 1.0f;
  private static final int STEPS = 20;

  /// Rounding again to the codes of the solved pair takes off so much of the error at the most.
  private static final double WORTH_A_LOOK = 1.25;

  /// A pair, and the weighted squared error of the elements at the codes that it was solved for.
  private record Solved(ScaleMin pair, double error) {}

  /// The best pair for the elements of `run`.
  ///
  /// Tries step widths around the one that spreads the codes over the range of the elements; for each it rounds the
  /// elements to codes and solves for the pair that decodes these codes with the least squared error.
  static ScaleMin fit(WeightedRun run, int maxCode) {
    float lowest = 0;
    float highest = Float.NEGATIVE_INFINITY;
    for (float value : run.x()) {
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
    }
    if (!(highest > lowest)) {
      return new ScaleMin(0, -lowest);
    }
    ScaleMin best = new ScaleMin((highest - lowest) / maxCode, -lowest);
    double bestError = best.error(run, maxCode);
    for (int step = -STEPS; step <= STEPS; step++) {
      float codes = maxCode + WIDEST * step / STEPS;
      ScaleMin guess = new ScaleMin((highest - lowest) / codes, -lowest);
      Solved solved = guess.solveForItsCodes(run, maxCode);
      if (solved.error < WORTH_A_LOOK * bestError) {
        double error = solved.pair.error(run, maxCode);
        if (error < bestError) {
          best = solved.pair;
          bestError = error;
        }
      }
    }
    return best;
  }

  /// The code whose decoded value is nearest to `x`.
  int code(float x, int maxCode) {
    return scale == 0 ? 0 : Math.clamp(Math.round((x + min) / scale), 0, maxCode);
  }

  /// The weighted squared error of the elements, each at its best code.
  double error(WeightedRun run, int maxCode) {
    float[] x = run.x();
    float[] weights = run.weights();
    float inverse = scale == 0 ? 0 : 1 / scale;
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      int q = Math.clamp(Math.round((x[i] + min) * inverse), 0, maxCode);
      float difference = scale * q - min - x[i];
      sum += weights[i] * difference * difference;
    }
    return sum;
  }

  /// Keeps the codes that this pair gives the elements, and finds the pair that decodes them best.
  private Solved solveForItsCodes(WeightedRun run, int maxCode) {
    float[] x = run.x();
    float[] weights = run.weights();
    float inverse = 1 / scale;
    double w = 0;
    double wx = 0;
    double wxx = 0;
    double wq = 0;
    double wqq = 0;
    double wqx = 0;
    for (int i = 0; i < x.length; i++) {
      double weight = weights[i];
      double value = x[i];
      int q = Math.clamp(Math.round((x[i] + min) * inverse), 0, maxCode);
      w += weight;
      wx += weight * value;
      wxx += weight * value * value;
      wq += weight * q;
      wqq += weight * q * q;
      wqx += weight * q * value;
    }
    ScaleMin pair = solve(w, wx, wq, wqq, wqx);
    double s = pair.scale;
    double m = pair.min;
    double error = s * s * wqq + m * m * w + wxx - 2 * (s * m * wq + s * wqx - m * wx);
    return new Solved(pair, error);
  }

  private ScaleMin solve(double w, double wx, double wq, double wqq, double wqx) {
    double determinant = w * wqq - wq * wq;
    if (determinant <= 0) {
      return this;
    }
    double offset = (wqq * wx - wq * wqx) / determinant;
    return offset > 0
        ? new ScaleMin((float) Math.max(0, wqx / wqq), 0)
        : new ScaleMin((float) Math.max(0, (w * wqx - wx * wq) / determinant), (float) -offset);
  }
}
