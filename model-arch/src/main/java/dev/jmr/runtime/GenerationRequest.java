package dev.jmr.runtime;

import dev.jmr.model.sample.Logprobs;
import dev.jmr.model.sample.SamplingParameters;
import java.util.OptionalInt;

/// One answer that is asked for.
///
/// @param maxTokens tokens of the answer at most; 0 = until the context is full
/// @param stop what ends the answer besides the model itself
/// @param topLogprobs empty = no log probabilities; otherwise those of each token and of this many likeliest ones
/// @param limits what happens when the context is full, and how long it may take
/// @param rules what the answer must keep to
public record GenerationRequest(
    Prompt prompt,
    SamplingParameters sampling,
    int maxTokens,
    StopConditions stop,
    OptionalInt topLogprobs,
    GenerationLimits limits,
    AnswerRules rules) {
  /// @throws IllegalArgumentException if a number is outside its range
  public GenerationRequest {
    if (maxTokens < 0) {
      throw new IllegalArgumentException(
          "max tokens: expected 0 (no limit) or more, got " + maxTokens);
    }
    int top = topLogprobs.orElse(0);
    if (top < 0 || top > Logprobs.MAX_TOP) {
      throw new IllegalArgumentException(
          "top logprobs: expected 0 to %d, got %d".formatted(Logprobs.MAX_TOP, top));
    }
  }

  /// With the standard limits and without rules.
  ///
  /// @throws IllegalArgumentException if a number is outside its range
  public GenerationRequest(
      Prompt prompt,
      SamplingParameters sampling,
      int maxTokens,
      StopConditions stop,
      OptionalInt topLogprobs) {
    this(
        prompt,
        sampling,
        maxTokens,
        stop,
        topLogprobs,
        GenerationLimits.STANDARD,
        AnswerRules.FREE);
  }

  /// Until the model stops by itself, without log probabilities and rules.
  public GenerationRequest(Prompt prompt, SamplingParameters sampling, int maxTokens) {
    this(prompt, sampling, maxTokens, StopConditions.NONE, OptionalInt.empty());
  }

  public GenerationRequest withStop(StopConditions conditions) {
    return new GenerationRequest(
        prompt, sampling, maxTokens, conditions, topLogprobs, limits, rules);
  }

  /// This request with log probabilities: of each token, and of the `top` likeliest ones in its place.
  public GenerationRequest withLogprobs(int top) {
    return new GenerationRequest(
        prompt, sampling, maxTokens, stop, OptionalInt.of(top), limits, rules);
  }

  public GenerationRequest withLimits(GenerationLimits others) {
    return new GenerationRequest(prompt, sampling, maxTokens, stop, topLogprobs, others, rules);
  }

  public GenerationRequest withRules(AnswerRules others) {
    return new GenerationRequest(prompt, sampling, maxTokens, stop, topLogprobs, limits, others);
  }

  /// This request with a seed that is so much greater, unless it is random.
  GenerationRequest withSeedOffset(int offset) {
    return offset == 0 || sampling.seed() == SamplingParameters.RANDOM_SEED
        ? this
        : new GenerationRequest(
            prompt,
            sampling.withSeed(sampling.seed() + offset),
            maxTokens,
            stop,
            topLogprobs,
            limits,
            rules);
  }
}
