package dev.jmr.model.sample;

/// Mirostat 1: takes the probabilities for a Zipf distribution, whose exponent the best hundred tokens tell, and keeps as
/// many tokens as bring the expected surprise to `mu`.
final class MirostatV1 extends Mirostat {
  /// As many tokens as the exponent is estimated from; llama.cpp's `m`.
  private static final int SAMPLE = 100;

  private static final double TINY = 1e-9;

  private final double logVocabularySize;

  MirostatV1(MirostatParameters parameters, int vocabularySize) {
    super(parameters);
    logVocabularySize = StrictMath.log(vocabularySize);
  }

  @Override
  public void apply(Candidates candidates) {
    if (candidates.size() == 1) {
      return;
    }
    int keep = (int) Math.clamp(count(exponent(candidates)), 1, candidates.size());
    candidates.sort(keep);
    candidates.truncate(keep);
  }

  /// The least squares fit of `log(p[i] / p[i + 1])` to `log((i + 2) / (i + 1))`.
  private static double exponent(Candidates candidates) {
    int sorted = Math.min(candidates.sort(SAMPLE), SAMPLE);
    double products = 0;
    double squares = 0;
    for (int i = 0; i + 1 < sorted; i++) {
      double t = StrictMath.log((i + 2.0) / (i + 1.0));
      double b = (double) candidates.logit(i) - candidates.logit(i + 1);
      products += t * b;
      squares += t * t;
    }
    return products / squares;
  }

  /// `(e * 2^mu / (1 - vocabularySize^-e)) ^ (1 / s)` with `e = s - 1`, by logarithms, so that nothing overflows. With all
  /// tokens alike (`s = 0`) no number of them changes the surprise; one is kept, or all, as the limit says.
  private double count(double s) {
    double e = s - 1;
    double fraction =
        Math.abs(e) < TINY
            ? 1 / logVocabularySize
            : e / (1 - StrictMath.exp(-e * logVocabularySize));
    return StrictMath.exp((StrictMath.log(fraction) + maxSurprise()) / Math.max(s, TINY));
  }
}
