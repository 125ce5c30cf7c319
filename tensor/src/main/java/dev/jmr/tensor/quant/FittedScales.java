package dev.jmr.tensor.quant;

/// The elements of a block in sub-blocks, each fitted with a [SignedScale] of its own: the first half of quantizing to a
/// format that keeps signed integer scales.
///
/// @param range codes are in `[−range, range)`
/// @param limit scales are kept as integers in `[−limit, limit)`
/// @param runs the sub-blocks
/// @param fits one for each
record FittedScales(int range, int limit, WeightedRun[] runs, float[] fits) {
  /// Fits each sub-block alone.
  static FittedScales of(
      float[] source, int at, int subBlocks, int subBlockSize, int range, int limit) {
    WeightedRun[] runs = new WeightedRun[subBlocks];
    float[] fits = new float[subBlocks];
    for (int s = 0; s < subBlocks; s++) {
      runs[s] = WeightedRun.byMagnitude(source, at + s * subBlockSize, subBlockSize);
      fits[s] = SignedScale.fit(runs[s], range).scale();
    }
    return new FittedScales(range, limit, runs, fits);
  }

  /// The unit in which the largest scale is the end of the integers that reaches furthest; not rounded to a half yet.
  float unit() {
    return Extremes.signed(fits, 0, fits.length) / -limit;
  }

  /// The scales of all sub-blocks as multiples of `unit`.
  int[] round(float unit) {
    int[] scales = new int[fits.length];
    for (int s = 0; s < scales.length; s++) {
      scales[s] = new SignedScale(fits[s]).round(unit, runs[s], range, limit);
    }
    return scales;
  }

  /// The codes of all elements, from 0 on, when sub-blocks are decoded with `scales`.
  int[] codes(int[] scales, float unit) {
    int size = runs[0].x().length;
    int[] codes = new int[runs.length * size];
    for (int s = 0; s < runs.length; s++) {
      SignedScale decoder = new SignedScale(unit * scales[s]);
      for (int i = 0; i < size; i++) {
        codes[s * size + i] = decoder.code(runs[s].x()[i], range) + range;
      }
    }
    return codes;
  }
}
