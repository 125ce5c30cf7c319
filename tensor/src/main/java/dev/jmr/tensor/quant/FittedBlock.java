package dev.jmr.tensor.quant;

/// The elements of a block in sub-blocks, each fitted with a [ScaleMin] of its own: the first half of quantizing to a
/// format that keeps scales and minima as [IntegerPair]s.
///
/// @param maxCode the largest code of an element
/// @param largest what the bits of a sub-block's scale or minimum hold
/// @param runs the sub-blocks
/// @param fits one for each
record FittedBlock(int maxCode, int largest, WeightedRun[] runs, ScaleMin[] fits) {
  /// Fits each sub-block alone.
  static FittedBlock of(
      float[] source, int at, int subBlocks, int subBlockSize, int maxCode, int largest) {
    WeightedRun[] runs = new WeightedRun[subBlocks];
    ScaleMin[] fits = new ScaleMin[subBlocks];
    for (int s = 0; s < subBlocks; s++) {
      runs[s] = WeightedRun.byMagnitudeAndSpread(source, at + s * subBlockSize, subBlockSize);
      fits[s] = ScaleMin.fit(runs[s], maxCode);
    }
    return new FittedBlock(maxCode, largest, runs, fits);
  }

  /// The smallest unit with whose multiples all scales and minima can be told; not rounded to halves yet.
  ScaleMin unit() {
    float maxScale = 0;
    float maxMin = 0;
    for (ScaleMin fit : fits) {
      maxScale = Math.max(maxScale, fit.scale());
      maxMin = Math.max(maxMin, fit.min());
    }
    return new ScaleMin(maxScale / largest, maxMin / largest);
  }

  /// The scales and minima of all sub-blocks as multiples of `unit`.
  IntegerPair[] round(ScaleMin unit) {
    IntegerPair[] pairs = new IntegerPair[runs.length];
    for (int s = 0; s < pairs.length; s++) {
      pairs[s] = IntegerPair.round(fits[s], unit, runs[s], maxCode, largest);
    }
    return pairs;
  }

  /// The codes of all elements when sub-blocks are decoded with `pairs`.
  int[] codes(IntegerPair[] pairs, ScaleMin unit) {
    int size = runs[0].x().length;
    int[] codes = new int[runs.length * size];
    for (int s = 0; s < runs.length; s++) {
      ScaleMin decoder = pairs[s].decode(unit);
      for (int i = 0; i < size; i++) {
        codes[s * size + i] = decoder.code(runs[s].x()[i], maxCode);
      }
    }
    return codes;
  }
}
