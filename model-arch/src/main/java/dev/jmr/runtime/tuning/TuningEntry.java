package dev.jmr.runtime.tuning;

/// The result of one tuning.
///
/// @param key what it is good for
/// @param version of the program that measured it
/// @param date of the measurement, as `2026-11-22`
/// @param tuning the settings that were better than the standard ones; may be none
public record TuningEntry(TuningKey key, String version, String date, Tuning tuning) {
  @Override
  public String toString() {
    return "tuned settings: %s (measured %s by jmr %s)"
        .formatted(
            tuning.values().isEmpty() ? "the standard ones" : tuning.toString(), date, version);
  }
}
