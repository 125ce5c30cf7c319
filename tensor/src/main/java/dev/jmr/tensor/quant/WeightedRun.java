package dev.jmr.tensor.quant;

/// A run of elements that share a scale, and how much an error of each counts: the larger the element, the more.
///
/// @param x the elements
/// @param weights one for each
record WeightedRun(float[] x, float[] weights) {
  /// Each element counts by its magnitude.
  static WeightedRun byMagnitude(float[] source, int from, int count) {
    float[] x = new float[count];
    float[] weights = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = source[from + i];
      weights[i] = Math.abs(x[i]);
    }
    return new WeightedRun(x, weights);
  }

  /// Each element counts by its magnitude plus the root mean square of the run.
  static WeightedRun byMagnitudeAndSpread(float[] source, int from, int count) {
    WeightedRun run = byMagnitude(source, from, count);
    double squares = 0;
    for (float value : run.x) {
      squares += (double) value * value;
    }
    float rms = (float) Math.sqrt(squares / count);
    for (int i = 0; i < count; i++) {
      run.weights[i] += rms;
    }
    return run;
  }
}
