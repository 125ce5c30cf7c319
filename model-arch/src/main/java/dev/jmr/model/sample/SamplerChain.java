package dev.jmr.model.sample;

import static dev.jmr.model.sample.DynamicTemperatureParameters.OFF;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/// Draws the tokens of one sequence: each row of logits passes the samplers in their order, then one of the tokens that
/// are left is drawn by its probability.
///
/// The same parameters, seed, logits and accepted tokens give the same tokens on every machine. A chain belongs to one
/// sequence and one thread at a time. All memory is taken by the constructor (12 bytes per token of the vocabulary,
/// with penalties another 4, with DRY another 5), none by [#sample] and [#accept], but what DRY asks the vocabulary for.
public final class SamplerChain {
  private final Candidates candidates;
  private final Sampler[] samplers;
  private final int vocabularySize;
  private final long seed;
  private final RandomGenerator random;

  /// A chain that has accepted nothing yet.
  ///
  /// @throws IllegalArgumentException if a token with a logit bias is not in the vocabulary
  public SamplerChain(SamplingParameters parameters, SamplerVocabulary vocabulary) {
    vocabularySize = vocabulary.size();
    candidates = new Candidates(vocabularySize);
    seed =
        parameters.seed() == SamplingParameters.RANDOM_SEED
            ? ThreadLocalRandom.current().nextLong() >>> 1
            : parameters.seed();
    random = new SplitMix64(seed);
    samplers = samplers(parameters.withSeed(seed), vocabulary).toArray(Sampler[]::new);
  }

  /// A chain over tokens without text, none of which ends a generation.
  ///
  /// @throws IllegalArgumentException if the vocabulary is empty
  public SamplerChain(SamplingParameters parameters, int vocabularySize) {
    this(parameters, SamplerVocabulary.ofSize(vocabularySize));
  }

  static List<Sampler> samplers(SamplingParameters parameters, SamplerVocabulary vocabulary) {
    List<Sampler> samplers = new ArrayList<>();
    LogitBias.of(parameters, vocabulary).ifPresent(samplers::add);
    if (parameters.mirostat().on()) {
      Temperature.of(parameters.withDynamicTemperature(OFF), vocabulary).ifPresent(samplers::add);
      Mirostat.of(parameters, vocabulary).ifPresent(samplers::add);
      return samplers;
    }
    for (SamplerStep step : parameters.order()) {
      step.create(parameters, vocabulary).ifPresent(sampler -> add(samplers, sampler));
    }
    return samplers;
  }

  private static void add(List<Sampler> samplers, Sampler sampler) {
    if (sampler instanceof Greedy) {
      while (!samplers.isEmpty() && samplers.getLast().keepsLikeliest()) {
        samplers.removeLast();
      }
    }
    samplers.add(sampler);
  }

  /// The seed in use, for the log: with it a run that was seeded at random can be repeated.
  public long seed() {
    return seed;
  }

  /// Whether the next token is the likeliest one, whatever the text is.
  public boolean takesLikeliest() {
    return samplers.length == 1 && samplers[0] instanceof Greedy;
  }

  /// The next token's id, from the row `logits[offset .. offset + vocabularySize - 1]`, which stays as it is.
  ///
  /// A logit of -∞ rules its token out. The token is not accepted yet: call [#accept] once it is part of the text.
  ///
  /// @throws SamplingException if a logit is NaN or +∞, or nothing is left to choose from
  /// @throws IndexOutOfBoundsException if the array does not hold the row
  public int sample(float[] logits, int offset) {
    Objects.checkFromIndexSize(offset, vocabularySize, logits.length);
    candidates.load(logits, offset);
    return choose();
  }

  /// The next token's id as [#sample(float\[\], int)] draws it, among those that a mask allows. The mask comes before
  /// everything else; the logits of what it rules out are not looked at.
  ///
  /// @throws SamplingException if a logit is NaN or +∞, or nothing is left to choose from
  /// @throws IndexOutOfBoundsException if the array does not hold the row
  public int sample(float[] logits, int offset, TokenMask mask) {
    Objects.checkFromIndexSize(offset, vocabularySize, logits.length);
    candidates.load(logits, offset, mask);
    return choose();
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

  private int choose() {
    for (Sampler sampler : samplers) {
      sampler.apply(candidates);
    }
    return candidates.size() == 1 ? chosen(0, 1) : draw();
  }

  private int draw() {
    double sum = candidates.softmax();
    double target = random.nextDouble() * sum;
    double passed = 0;
    int last = candidates.size() - 1;
    for (int i = 0; i < last; i++) {
      passed += candidates.weight(i);
      if (passed > target) {
        return chosen(i, sum);
      }
    }
    return chosen(last, sum);
  }

  /// @param sum of the weights of all candidates, where there are several
  private int chosen(int index, double sum) {
    double probability = candidates.size() == 1 ? 1 : candidates.weight(index) / sum;
    for (Sampler sampler : samplers) {
      sampler.drawn(probability);
    }
    return candidates.id(index);
  }

  /// What is left to draw from, after [#sample].
  Candidates candidates() {
    return candidates;
  }
}
