package dev.jmr.model.sample;

import java.util.Optional;

/// Holds the surprise of the text at a target: after each token, the surprise that is let through (`mu`, in bits) moves
/// against the error. The two versions differ in how they cut off the tokens above it. Source: Basu et al.: "Mirostat: a
/// neural text decoding algorithm that directly controls perplexity", 2021; llama.cpp, `mirostat`.
abstract class Mirostat implements Sampler {
  private static final double LN_2 = 0.6931471805599453;

  private final MirostatParameters parameters;

  /// In bits.
  private double mu;

  Mirostat(MirostatParameters parameters) {
    this.parameters = parameters;
    this.mu = 2.0 * parameters.tau();
  }

  static Optional<Sampler> of(SamplingParameters parameters, SamplerVocabulary vocabulary) {
    MirostatParameters mirostat = parameters.mirostat();
    return switch (mirostat.version()) {
      case 1 -> Optional.of(new MirostatV1(mirostat, vocabulary.size()));
      case 2 -> Optional.of(new MirostatV2(mirostat));
      default -> Optional.empty();
    };
  }

  /// The surprise that is let through at the next token, in nats.
  final double maxSurprise() {
    return mu * LN_2;
  }

  @Override
  public final void drawn(double probability) {
    double surprise = -StrictMath.log(Math.max(probability, Float.MIN_VALUE)) / LN_2;
    mu -= parameters.eta() * (surprise - parameters.tau());
  }
}
