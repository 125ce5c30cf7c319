package dev.jmr.tensor.quant;

/// A scale of either sign that decodes a run of elements: `x ≈ scale · q`, with codes `q` in `[−range, range)`.
///
/// Errors count more the larger the element: the weight is its magnitude.
record SignedScale(float scale) {
  private static final int STEPS = 9;
  private static final float STEP = 0.1f;

  /// The best scale for the elements `x`.
  ///
  /// The element of greatest magnitude takes the side of the range that reaches further. Tries step widths around the
  /// one that puts it at the very end; for each it rounds the elements to codes and solves for the scale that decodes
  /// these codes with the least squared error.
  static SignedScale fit(float[] x, int range) {
    float extreme = Extremes.signed(x, 0, x.length);
    if (extreme == 0) {
      return new SignedScale(0);
    }
    SignedScale best = new SignedScale(extreme / -range);
    double bestError = best.error(x, range);
    for (int step = -STEPS; step <= STEPS; step++) {
      SignedScale guess = new SignedScale(extreme / -(range + STEP * step));
      SignedScale solved = guess.solveForItsCodes(x, range);
      double error = solved.error(x, range);
      if (error < bestError) {
        best = solved;
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
  double error(float[] x, int range) {
    double sum = 0;
    for (float value : x) {
      double difference = (double) scale * code(value, range) - value;
      sum += Math.abs(value) * difference * difference;
    }
    return sum;
  }

  /// Keeps the codes that this scale gives the elements, and finds the scale that decodes them best.
  private SignedScale solveForItsCodes(float[] x, int range) {
    double wqx = 0;
    double wqq = 0;
    for (float value : x) {
      double weight = Math.abs(value);
      int q = code(value, range);
      wqx += weight * q * value;
      wqq += weight * q * q;
    }
    return wqq == 0 ? this : new SignedScale((float) (wqx / wqq));
  }
}
