package dev.jmr.bench;

/// By what Llama 3.1 and later divide the frequencies of the rotary embedding: the tensor `rope_freqs.weight`.
///
/// Waves that are long against the context of the original training are stretched by the whole factor, short ones not
/// at all, and those between by a blend. Source: the `llama3` rope type of Hugging Face's configurations.
final class RopeFactors {
  private static final double LOW_FREQUENCY_FACTOR = 1;
  private static final double HIGH_FREQUENCY_FACTOR = 4;
  private static final double ORIGINAL_CONTEXT_LENGTH = 8192;

  private RopeFactors() {}

  /// One factor for each pair of a head's `headLength` dimensions.
  static float[] llama3(int headLength, float freqBase, float scaling) {
    float[] factors = new float[headLength / 2];
    for (int i = 0; i < factors.length; i++) {
      double waveLength = 2 * Math.PI * Math.pow(freqBase, 2.0 * i / headLength);
      double turns = ORIGINAL_CONTEXT_LENGTH / waveLength;
      double blend =
          (turns - LOW_FREQUENCY_FACTOR) / (HIGH_FREQUENCY_FACTOR - LOW_FREQUENCY_FACTOR);
      double share = Math.clamp(blend, 0, 1);
      factors[i] = (float) (1 / ((1 - share) / scaling + share));
    }
    return factors;
  }
}
