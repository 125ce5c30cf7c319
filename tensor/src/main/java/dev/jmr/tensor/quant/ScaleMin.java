package dev.jmr.tensor.quant;

/// A scale and a minimum that decode a run of elements: `x ≈ scale · q − min`, with codes `q` from 0 to some maximum.
///
/// Errors count more the larger the element: the weight is its magnitude plus the root mean square of the run.
///
/// @param scale at least 0
/// @param min at least 0
record ScaleMin(float scale, float min) {
  private static final float WIDEST = 1.0f;
  private static final int STEPS = 20;

  /// The best pair for the elements `x`.
  ///
  /// Tries step widths around the one that spreads the codes over the range of the elements; for each it rounds the
  /// elements to codes and solves for the pair that decodes these codes with the least squared error.
  static ScaleMin fit(float[] x, int maxCode) {
    float lowest = 0;
    float highest = Float.NEGATIVE_INFINITY;
    for (float value : x) {
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
    }
    if (!(highest > lowest)) {
      return new ScaleMin(0, -lowest);
    }
    ScaleMin best = new ScaleMin((highest - lowest) / maxCode, -lowest);
    double bestError = best.error(x, maxCode);
    for (int step = -STEPS; step <= STEPS; step++) {
      float codes = maxCode + WIDEST * step / STEPS;
      ScaleMin guess = new ScaleMin((highest - lowest) / codes, -lowest);
      ScaleMin solved = guess.solveForItsCodes(x, maxCode);
      double error = solved.error(x, maxCode);
      if (error < bestError) {
        best = solved;
        bestError = error;
      }
    }
    return best;
  }

  /// The code whose decoded value is nearest to `x`.
  int code(float x, int maxCode) {
    return scale == 0 ? 0 : Math.clamp(Math.round((x + min) / scale), 0, maxCode);
  }

  /// The weighted squared error of the elements, each at its best code.
  double error(float[] x, int maxCode) {
    float rms = rootMeanSquare(x);
    double sum = 0;
    for (float value : x) {
      double difference = (double) scale * code(value, maxCode) - min - value;
      sum += (rms + Math.abs(value)) * difference * difference;
    }
    return sum;
  }

  /// Keeps the codes that this pair gives the elements, and finds the pair that decodes them best.
  private ScaleMin solveForItsCodes(float[] x, int maxCode) {
    float rms = rootMeanSquare(x);
    double w = 0;
    double wx = 0;
    double wq = 0;
    double wqq = 0;
    double wqx = 0;
    for (float value : x) {
      double weight = rms + Math.abs(value);
      int q = code(value, maxCode);
      w += weight;
      wx += weight * value;
      wq += weight * q;
      wqq += weight * q * q;
      wqx += weight * q * value;
    }
    double determinant = w * wqq - wq * wq;
    if (determinant <= 0) {
      return this;
    }
    double offset = (wqq * wx - wq * wqx) / determinant;
    return offset > 0
        ? new ScaleMin((float) Math.max(0, wqx / wqq), 0)
        : new ScaleMin((float) Math.max(0, (w * wqx - wx * wq) / determinant), (float) -offset);
  }

  private static float rootMeanSquare(float[] x) {
    double squares = 0;
    for (float value : x) {
      squares += (double) value * value;
    }
    return (float) Math.sqrt(squares / x.length);
  }
}
