package dev.jmr.model.sample;

import java.util.List;

/// How tokens that would go on repeating a sequence of tokens become less likely (DRY, "don't repeat yourself").
///
/// @param multiplier of the penalty `multiplier * base ^ (length - allowedLength)`; 0 is off
/// @param base of the penalty, by which it grows with each further token
/// @param allowedLength length of a repetition from which on going on with it is penalized
/// @param lastN how many tokens back repetitions are looked for; 0 is off
/// @param sequenceBreakers strings that no repetition reaches across
public record DryParameters(
    float multiplier, float base, int allowedLength, int lastN, List<String> sequenceBreakers) {
  /// llama.cpp's defaults: off.
  public static final DryParameters OFF =
      new DryParameters(0, 1.75f, 2, 64, List.of("\n", ":", "\"", "*"));

  /// As many sequence breakers as can be given.
  public static final int MAX_BREAKERS = 64;

  /// As many characters as a sequence breaker can have.
  public static final int MAX_BREAKER_LENGTH = 256;

  /// @throws IllegalArgumentException if a value is outside its range; the message names it and how to turn it off
  public DryParameters {
    Ranges.check(
        Float.isFinite(multiplier) && multiplier >= 0,
        "dry_multiplier",
        "0 (off) or more",
        multiplier);
    Ranges.check(Float.isFinite(base) && base >= 1, "dry_base", "1 or more", base);
    Ranges.check(allowedLength >= 0, "dry_allowed_length", "0 or more", allowedLength);
    Ranges.check(
        lastN >= 0 && lastN <= PenaltyParameters.MAX_LAST_N,
        "dry_penalty_last_n",
        "0 (off) to " + PenaltyParameters.MAX_LAST_N,
        lastN);
    sequenceBreakers = List.copyOf(sequenceBreakers);
    Ranges.check(
        sequenceBreakers.size() <= MAX_BREAKERS,
        "dry_sequence_breakers",
        "at most " + MAX_BREAKERS,
        sequenceBreakers.size());
    for (String breaker : sequenceBreakers) {
      Ranges.check(
          !breaker.isEmpty() && breaker.length() <= MAX_BREAKER_LENGTH,
          "dry_sequence_breakers",
          "strings of 1 to " + MAX_BREAKER_LENGTH + " characters",
          "one of " + breaker.length());
    }
  }

  /// Whether it changes a logit.
  boolean on() {
    return multiplier > 0 && lastN > 0;
  }
}
