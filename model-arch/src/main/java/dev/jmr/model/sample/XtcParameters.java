package dev.jmr.model.sample;

/// How the likeliest choices are left out now and then (XTC, "exclude top choices").
///
/// @param probability with which it happens at a token, in [0, 1]; 0 is off
/// @param threshold the probability from which on a token is a top choice, in [0, 1]; above 0.5 is off, because there
///     cannot be two such tokens
public record XtcParameters(float probability, float threshold) {
  /// llama.cpp's defaults: off.
  public static final XtcParameters OFF = new XtcParameters(0, 0.1f);

  /// @throws IllegalArgumentException if a value is outside its range; the message names it and how to turn it off
  public XtcParameters {
    Ranges.check(
        probability >= 0 && probability <= 1, "xtc_probability", "0 (off) to 1", probability);
    Ranges.check(
        threshold >= 0 && threshold <= 1,
        "xtc_threshold",
        "0 to 1, where more than 0.5 is off",
        threshold);
  }

  /// Whether it ever leaves a token out.
  boolean on() {
    return probability > 0 && threshold <= 0.5f;
  }
}
