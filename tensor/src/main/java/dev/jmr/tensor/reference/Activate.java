package dev.jmr.tensor.reference;

import dev.jmr.tensor.graph.Activation;

/// The nonlinear functions of one number.
final class Activate {
  private Activate() {}

  static float apply(Activation activation, float x) {
    return switch (activation) {
      case SILU -> (float) (x / (1 + Math.exp(-x)));
    };
  }
}
