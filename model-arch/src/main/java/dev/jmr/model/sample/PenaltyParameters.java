package dev.jmr.model.sample;

/// How tokens that were seen recently become less likely, each by itself.
///
/// @param repeat divides positive and multiplies negative logits of tokens seen recently; 1 is off
/// @param lastN how many tokens back the three penalties look; 0 is off, -1 is everything accepted
/// @param presence subtracted once from the logit of a token seen recently; 0 is off
/// @param frequency subtracted from the logit of a token for each time it was seen recently; 0 is off
public record PenaltyParameters(float repeat, int lastN, float presence, float frequency) {
  /// The longest window that can be asked for by number.
  public static final int MAX_LAST_N = 1 << 20;

  /// llama.cpp's defaults: off, and 64 tokens for whoever turns one on.
  public static final PenaltyParameters OFF = new PenaltyParameters(1, 64, 0, 0);

  /// @throws IllegalArgumentException if a value is outside its range; the message names it and how to turn it off
  public PenaltyParameters {
    Ranges.check(
        Float.isFinite(repeat) && repeat > 0, "repeat_penalty", "more than 0; 1 is off", repeat);
    Ranges.check(
        lastN >= -1 && lastN <= MAX_LAST_N,
        "repeat_last_n",
        "0 (off) to " + MAX_LAST_N + ", or -1 for everything",
        lastN);
    Ranges.check(
        Float.isFinite(presence), "presence_penalty", "a finite number; 0 is off", presence);
    Ranges.check(
        Float.isFinite(frequency), "frequency_penalty", "a finite number; 0 is off", frequency);
  }

  /// Whether any of the three changes a logit.
  boolean on() {
    return lastN != 0 && (repeat != 1 || presence != 0 || frequency != 0);
  }
}
