package dev.jmr.tensor.graph;

import dev.jmr.tensor.ShapeMismatchException;

/// How a mixture of experts routes a token: softmax over all experts, the best `expertUsedCount` are taken and their
/// probabilities renormalised to sum 1. Source: llama.cpp `build_moe_ffn` with softmax gating and `norm_w`.
///
/// @param expertCount `X`
/// @param expertUsedCount experts per token, 1 to `X`
/// @param glu between the experts' gate and up projections
public record ExpertSpec(int expertCount, int expertUsedCount, Glu glu) {
  public ExpertSpec {
    if (expertUsedCount < 1 || expertUsedCount > expertCount) {
      throw new ShapeMismatchException(
          "mixture of experts: expected expert_used_count in 1..%d, got %d"
              .formatted(expertCount, expertUsedCount));
    }
  }
}
