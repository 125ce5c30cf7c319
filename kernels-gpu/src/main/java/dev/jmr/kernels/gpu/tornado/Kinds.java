package dev.jmr.kernels.gpu.tornado;

import dev.jmr.kernels.gpu.tornado.kernel.Elements;
import dev.jmr.kernels.gpu.tornado.kernel.Experts;
import dev.jmr.tensor.graph.Activation;
import dev.jmr.tensor.graph.ExpertSpec;
import dev.jmr.tensor.graph.Glu;

/// The numbers by which kernels know what is an enum in graphs: they can compare numbers only.
final class Kinds {
  private Kinds() {}

  static int of(Activation activation) {
    return switch (activation) {
      case GELU -> Elements.GELU;
      case TANH -> Elements.TANH;
      case SIGMOID -> Elements.SIGMOID;
      case RELU_SQR -> Elements.RELU_SQR;
    };
  }

  static int of(Glu glu) {
    return switch (glu) {
      case SWIGLU -> Elements.SWIGLU;
      case GEGLU -> Elements.GEGLU;
      case SWIGLU_OAI -> Elements.SWIGLU_OAI;
    };
  }

  static int of(ExpertSpec.Gating gating) {
    return switch (gating) {
      case SOFTMAX -> Experts.SOFTMAX;
      case SIGMOID -> Experts.SIGMOID;
      case SOFTMAX_WEIGHT -> Experts.SOFTMAX_WEIGHT;
    };
  }
}
