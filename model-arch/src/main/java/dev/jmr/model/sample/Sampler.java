package dev.jmr.model.sample;

import java.util.Optional;

/// One step on the way from all tokens to one: narrows the candidates or changes their logits.
///
/// A sampler never leaves the candidates empty, allocates nothing per token, and belongs to one chain. Every one has a
/// static `of` in the shape of [Factory].
interface Sampler {
  /// Narrows or reshapes the candidates of the next token, of which there is at least one.
  void apply(Candidates candidates);

  /// Takes note of a token that is now part of the text.
  default void accept(int token) {}

  /// Takes note of how likely the token that was drawn from the last candidates was among them.
  default void drawn(double probability) {}

  /// Whether it always leaves the likeliest token the likeliest, so that it can be left out before [Greedy].
  default boolean keepsLikeliest() {
    return false;
  }

  /// Makes the sampler that the parameters ask for; empty if with them it would change nothing.
  interface Factory {
    /// The sampler for these parameters, whose seed is drawn already.
    Optional<Sampler> of(SamplingParameters parameters, SamplerVocabulary vocabulary);
  }
}
