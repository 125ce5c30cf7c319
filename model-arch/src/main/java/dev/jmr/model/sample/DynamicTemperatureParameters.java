package dev.jmr.model.sample;

/// How the temperature follows the model's certainty: from `temperature - range` where one token has all probability to
/// `temperature + range` where all have the same.
///
/// @param range to both sides of the temperature; 0 is off: the temperature stays
/// @param exponent of the entropy, of which 1 is the greatest possible; above 1 high temperatures become rare
public record DynamicTemperatureParameters(float range, float exponent) {
  /// llama.cpp's defaults: off.
  public static final DynamicTemperatureParameters OFF = new DynamicTemperatureParameters(0, 1);

  /// @throws IllegalArgumentException if a value is outside its range; the message names it and how to turn it off
  public DynamicTemperatureParameters {
    Ranges.check(Float.isFinite(range) && range >= 0, "dynatemp_range", "0 (off) or more", range);
    Ranges.check(
        Float.isFinite(exponent) && exponent >= 0, "dynatemp_exponent", "0 or more", exponent);
  }

  boolean on() {
    return range > 0;
  }
}
