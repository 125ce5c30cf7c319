package dev.jmr.model.sample;

/// How the surprise of the text is held at a target (Basu et al.: "Mirostat", 2021). While it is on, it takes the place of
/// all other samplers but the temperature, as in llama.cpp.
///
/// @param version of the algorithm, 1 or 2; 0 is off
/// @param tau the surprise to hold, in bits per token
/// @param eta the learning rate: how much of the error corrects the next token
public record MirostatParameters(int version, float tau, float eta) {
  /// llama.cpp's defaults: off.
  public static final MirostatParameters OFF = new MirostatParameters(0, 5, 0.1f);

  /// @throws IllegalArgumentException if a value is outside its range; the message names it and how to turn it off
  public MirostatParameters {
    Ranges.check(version >= 0 && version <= 2, "mirostat", "0 (off), 1 or 2", version);
    Ranges.check(Float.isFinite(tau) && tau >= 0, "mirostat_tau", "0 or more", tau);
    Ranges.check(Float.isFinite(eta) && eta >= 0, "mirostat_eta", "0 or more", eta);
  }

  boolean on() {
    return version > 0;
  }
}
