package dev.jmr.tensor.reference;

import dev.jmr.tensor.graph.Activation;
import dev.jmr.tensor.graph.Glu;
import dev.jmr.tensor.graph.XieluParameters;

/// The nonlinear functions, evaluated in double precision.
final class Activate {
  private Activate() {}

  static float apply(Activation activation, float x) {
    return switch (activation) {
      case GELU -> (float) gelu(x);
      case TANH -> (float) Math.tanh(x);
      case SIGMOID -> (float) sigmoid(x);
      case RELU_SQR -> Math.max(x, 0) * Math.max(x, 0);
    };
  }

  static float apply(Glu glu, float gate, float up) {
    return switch (glu) {
      case SWIGLU -> (float) (gate * sigmoid(gate)) * up;
      case GEGLU -> (float) gelu(gate) * up;
      case SWIGLU_OAI -> {
        double g = Math.min(gate, Glu.OAI_LIMIT);
        double u = Math.clamp(up, -Glu.OAI_LIMIT, Glu.OAI_LIMIT);
        yield (float) (g * sigmoid(Glu.OAI_ALPHA * g) * (u + 1));
      }
    };
  }

  static float apply(XieluParameters xielu, float x) {
    double curve =
        x > 0
            ? (double) xielu.alphaP() * x * x
            : xielu.alphaN() * (Math.expm1(Math.min(x, xielu.epsilon())) - x);
    return (float) (curve + (double) xielu.beta() * x);
  }

  private static double gelu(double x) {
    return x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
