package dev.jmr.model.sample;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Adds to the logits of some tokens; -∞ rules a token out. Also how the tokens that end a generation are ignored.
///
/// Always the first sampler of a chain, so that it finds the candidates by their ids.
final class LogitBias implements Sampler {
  private final int[] tokens;
  private final float[] biases;
  private final boolean excludes;

  private LogitBias(Map<Integer, Float> biasOf) {
    tokens = biasOf.keySet().stream().mapToInt(Integer::intValue).toArray();
    biases = new float[tokens.length];
    boolean anyExcluded = false;
    for (int i = 0; i < tokens.length; i++) {
      biases[i] = biasOf.getOrDefault(tokens[i], 0f);
      anyExcluded |= biases[i] == Float.NEGATIVE_INFINITY;
    }
    excludes = anyExcluded;
  }

  /// @throws IllegalArgumentException if a token is not in the vocabulary
  static Optional<Sampler> of(SamplingParameters parameters, SamplerVocabulary vocabulary) {
    Map<Integer, Float> biases = new TreeMap<>(parameters.logitBias());
    for (int token : biases.keySet()) {
      Ranges.check(
          token < vocabulary.size(),
          "logit_bias",
          "token ids from 0 to " + (vocabulary.size() - 1),
          token);
    }
    if (parameters.ignoreEos()) {
      for (int token : vocabulary.endOfGeneration()) {
        biases.put(token, Float.NEGATIVE_INFINITY);
      }
    }
    return biases.isEmpty() ? Optional.empty() : Optional.of(new LogitBias(biases));
  }

  /// @throws SamplingException if no candidate is left
  @Override
  public void apply(Candidates candidates) {
    for (int i = 0; i < tokens.length; i++) {
      int index = candidates.indexOf(tokens[i]);
      if (index >= 0) {
        candidates.logit(index, biased(candidates.logit(index), biases[i]));
      }
    }
    if (excludes) {
      excludeInfinite(candidates);
    }
  }

  private static void excludeInfinite(Candidates candidates) {
    if (candidates.maxLogit() == Float.NEGATIVE_INFINITY) {
      throw new SamplingException(
          "logit_bias: expected at least one token to choose from, got none; it rules out, with ignore_eos, all that may come next");
    }
    candidates.keepAtLeast(-Float.MAX_VALUE, 1);
  }

  /// Finite, unless the bias is not.
  private static float biased(double logit, float bias) {
    return bias == Float.NEGATIVE_INFINITY
        ? bias
        : (float) Math.clamp(logit + bias, -Float.MAX_VALUE, Float.MAX_VALUE);
  }
}
