package dev.jmr.model.sample;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/// Draws the tokens of one sequence: each row of logits passes the samplers in their order, then one of the tokens that
/// are left is drawn by its probability.
///
/// The same parameters, seed, logits and accepted tokens give the same tokens on every machine. A chain belongs to one
/// sequence and one thread at a time. All memory is taken by the constructor (12 bytes per token of the vocabulary,
/// and with penalties another 4), none by [#sample] and [#accept].
public final class SamplerChain {
  /// llama.cpp's default order; DRY, when there is one, belongs behind the penalties, XTC before the temperature.
  static final List<Sampler.Factory> ORDER =
      List.of(
          Penalties::of, Greedy::of, TopK::of, TypicalP::of, TopP::of, MinP::of, Temperature::of);

  private final Candidates candidates;
  private final Sampler[] samplers;
  private final int vocabularySize;
  private final long seed;
  private final RandomGenerator random;

  /// A chain that has accepted nothing yet.
  ///
  /// @throws IllegalArgumentException if the vocabulary is empty
  public SamplerChain(SamplingParameters parameters, int vocabularySize) {
    if (vocabularySize < 1) {
      throw new IllegalArgumentException(
          "vocabulary size: expected 1 or more, got " + vocabularySize);
    }
    this.vocabularySize = vocabularySize;
    candidates = new Candidates(vocabularySize);
    samplers =
        ORDER.stream()
            .map(factory -> factory.of(parameters, vocabularySize))
            .flatMap(Optional::stream)
            .toArray(Sampler[]::new);
    seed =
        parameters.seed() == SamplingParameters.RANDOM_SEED
            ? ThreadLocalRandom.current().nextLong() >>> 1
            : parameters.seed();
    random = new SplitMix64(seed);
  }

  /// The seed in use, for the log: with it a run that was seeded at random can be repeated.
  public long seed() {
    return seed;
  }

  /// The next token's id, from the row `logits[offset .. offset + vocabularySize - 1]`, which stays as it is.
  ///
  /// A logit of -∞ rules its token out. The token is not accepted yet: call [#accept] once it is part of the text.
  ///
  /// @throws SamplingException if a logit is NaN or +∞, or all are -∞
  /// @throws IndexOutOfBoundsException if the array does not hold the row
  public int sample(float[] logits, int offset) {
    Objects.checkFromIndexSize(offset, vocabularySize, logits.length);
    candidates.load(logits, offset);
    for (Sampler sampler : samplers) {
      sampler.apply(candidates);
    }
    return draw();
  }

  /// Takes note of a token of the text, which the penalties then see: those of the prompt, in order, and each one sampled.
  ///
  /// @throws IllegalArgumentException if the id is not in the vocabulary
  public void accept(int token) {
    if (token < 0 || token >= vocabularySize) {
      throw new IllegalArgumentException(
          "token id: expected 0 to %d, got %d".formatted(vocabularySize - 1, token));
    }
    for (Sampler sampler : samplers) {
      sampler.accept(token);
    }
  }

  private int draw() {
    int last = candidates.size() - 1;
    if (last == 0) {
      return candidates.id(0);
    }
    double target = random.nextDouble() * candidates.softmax();
    double passed = 0;
    for (int i = 0; i < last; i++) {
      passed += candidates.weight(i);
      if (passed > target) {
        return candidates.id(i);
      }
    }
    return candidates.id(last);
  }
}
