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

  /// Makes the sampler that the parameters ask for; empty if with them it would change nothing.
  interface Factory {
    Optional<Sampler> of(SamplingParameters parameters, int vocabularySize);
  }
}
