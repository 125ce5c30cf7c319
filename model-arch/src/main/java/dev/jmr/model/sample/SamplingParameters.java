package dev.jmr.model.sample;

/// How the next token is chosen. Names, meanings and defaults are llama.cpp's (`common_params_sampling`).
///
/// @param temperature divides the logits; 0 is greedy: the most likely token, every time
/// @param topK keeps the `topK` most likely tokens; 0 is off
/// @param topP keeps the most likely tokens that together reach this probability, in (0, 1]; 1 is off
/// @param minP keeps tokens at least this many times as likely as the most likely one, in [0, 1]; 0 is off
/// @param typicalP keeps the tokens whose surprise is nearest the expected one until they reach this probability, in
///     (0, 1]; 1 is off
/// @param repeatPenalty divides positive and multiplies negative logits of tokens seen recently; 1 is off
/// @param repeatLastN how many tokens back the three penalties look; 0 is off, -1 is everything accepted
/// @param presencePenalty subtracted once from the logit of a token seen recently; 0 is off
/// @param frequencyPenalty subtracted from the logit of a token for each time it was seen recently; 0 is off
/// @param seed of the draw; the same seed over the same logits gives the same tokens on every machine, and
///     [#RANDOM_SEED] draws a fresh one per chain
public record SamplingParameters(
    float temperature,
    int topK,
    float topP,
    float minP,
    float typicalP,
    float repeatPenalty,
    int repeatLastN,
    float presencePenalty,
    float frequencyPenalty,
    long seed) {
  /// The seed that asks each chain to draw its own; [SamplerChain#seed] tells which one it was.
  public static final long RANDOM_SEED = -1;

  /// The longest window of the penalties that can be asked for by number.
  public static final int MAX_REPEAT_LAST_N = 1 << 20;

  private static final SamplingParameters DEFAULTS =
      new SamplingParameters(0.8f, 40, 0.95f, 0.05f, 1, 1, 64, 0, 0, RANDOM_SEED);

  /// @throws IllegalArgumentException if a value is outside its range; the message names it and how to turn it off
  public SamplingParameters {
    check(
        Float.isFinite(temperature) && temperature >= 0,
        "temperature",
        temperature,
        "0 (greedy) or more");
    check(topK >= 0, "top_k", topK, "0 (off) or more");
    check(topP > 0 && topP <= 1, "top_p", topP, "more than 0, at most 1 (off)");
    check(minP >= 0 && minP <= 1, "min_p", minP, "0 (off) to 1");
    check(typicalP > 0 && typicalP <= 1, "typical_p", typicalP, "more than 0, at most 1 (off)");
    check(
        Float.isFinite(repeatPenalty) && repeatPenalty > 0,
        "repeat_penalty",
        repeatPenalty,
        "more than 0; 1 is off");
    check(
        repeatLastN >= -1 && repeatLastN <= MAX_REPEAT_LAST_N,
        "repeat_last_n",
        repeatLastN,
        "0 (off) to " + MAX_REPEAT_LAST_N + ", or -1 for everything");
    check(
        Float.isFinite(presencePenalty),
        "presence_penalty",
        presencePenalty,
        "a finite number; 0 is off");
    check(
        Float.isFinite(frequencyPenalty),
        "frequency_penalty",
        frequencyPenalty,
        "a finite number; 0 is off");
  }

  private static void check(boolean valid, String name, Number value, String expected) {
    if (!valid) {
      throw new IllegalArgumentException(name + ": expected " + expected + ", got " + value);
    }
  }

  /// llama.cpp's defaults: temperature 0.8, top-k 40, top-p 0.95, min-p 0.05, all else off, a random seed.
  public static SamplingParameters defaults() {
    return DEFAULTS;
  }

  /// Whether the most likely token is always taken, so that nothing is drawn.
  public boolean greedy() {
    return temperature == 0;
  }

  /// Whether any of the three penalties changes a logit.
  boolean penalizes() {
    return repeatLastN != 0
        && (repeatPenalty != 1 || presencePenalty != 0 || frequencyPenalty != 0);
  }

  public SamplingParameters withTemperature(float temperature) {
    return new SamplingParameters(
        temperature,
        topK,
        topP,
        minP,
        typicalP,
        repeatPenalty,
        repeatLastN,
        presencePenalty,
        frequencyPenalty,
        seed);
  }

  public SamplingParameters withTopK(int topK) {
    return new SamplingParameters(
        temperature,
        topK,
        topP,
        minP,
        typicalP,
        repeatPenalty,
        repeatLastN,
        presencePenalty,
        frequencyPenalty,
        seed);
  }

  public SamplingParameters withTopP(float topP) {
    return new SamplingParameters(
        temperature,
        topK,
        topP,
        minP,
        typicalP,
        repeatPenalty,
        repeatLastN,
        presencePenalty,
        frequencyPenalty,
        seed);
  }

  public SamplingParameters withMinP(float minP) {
    return new SamplingParameters(
        temperature,
        topK,
        topP,
        minP,
        typicalP,
        repeatPenalty,
        repeatLastN,
        presencePenalty,
        frequencyPenalty,
        seed);
  }

  public SamplingParameters withTypicalP(float typicalP) {
    return new SamplingParameters(
        temperature,
        topK,
        topP,
        minP,
        typicalP,
        repeatPenalty,
        repeatLastN,
        presencePenalty,
        frequencyPenalty,
        seed);
  }

  public SamplingParameters withSeed(long seed) {
    return new SamplingParameters(
        temperature,
        topK,
        topP,
        minP,
        typicalP,
        repeatPenalty,
        repeatLastN,
        presencePenalty,
        frequencyPenalty,
        seed);
  }

  /// These parameters with all four values of the penalties.
  public SamplingParameters withPenalties(
      float repeatPenalty, int repeatLastN, float presencePenalty, float frequencyPenalty) {
    return new SamplingParameters(
        temperature,
        topK,
        topP,
        minP,
        typicalP,
        repeatPenalty,
        repeatLastN,
        presencePenalty,
        frequencyPenalty,
        seed);
  }
}
