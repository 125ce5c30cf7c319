package dev.jmr.tensor.graph;

import dev.jmr.tensor.ShapeMismatchException;

/// How a mixture of experts routes a token, and what its experts compute.
///
/// Begin with [#of], which weighs the chosen experts with their part of a softmax over all, and name what is different:
/// `ExpertSpec.of(128, 8, Glu.SWIGLU).withWeightsNorm()`. Source: llama.cpp `build_moe_ffn`.
///
/// @param expertCount `X`
/// @param expertUsedCount experts per token, 1 to `X`
/// @param glu between the experts' gate and up projections
/// @param gating what makes an expert's weight of its logit
/// @param weightsNorm whether the weights of a token's experts are divided by their sum
/// @param weightsScale multiplies all weights, after that
/// @param groups which experts a token may choose from
/// @param weighted what of an expert its weight multiplies
public record ExpertSpec(
    int expertCount,
    int expertUsedCount,
    Glu glu,
    Gating gating,
    boolean weightsNorm,
    float weightsScale,
    Groups groups,
    Weighted weighted) {

  /// The least sum that weights are divided by: the smallest normal F16, as llama.cpp has it.
  public static final float LEAST_WEIGHTS_SUM = 0x1p-14f;

  /// What makes an expert's weight of its logit, called after the values of `expert_gating_func`.
  public enum Gating {
    /// Softmax over all experts.
    SOFTMAX,
    /// `1 / (1 + e^-x)`, each expert by itself.
    SIGMOID,
    /// Softmax over the chosen experts.
    SOFTMAX_WEIGHT
  }

  /// What an expert's weight multiplies.
  public enum Weighted {
    /// What the expert says.
    OUTPUT,
    /// What it is told, as llama4 has it.
    INPUT
  }

  /// Experts fall into groups of equal size, one after the other. A token chooses from the groups whose two best experts
  /// have the largest sum.
  ///
  /// @param count 1 = no groups
  /// @param usedCount groups per token
  public record Groups(int count, int usedCount) {
    /// All experts are one group.
    public static final Groups NONE = new Groups(1, 1);

    public Groups {
      if (usedCount < 1 || usedCount > count) {
        throw new ShapeMismatchException(
            "mixture of experts: expected expert_group_used_count in 1..%d, got %d"
                .formatted(count, usedCount));
      }
    }
  }

  public ExpertSpec {
    if (expertUsedCount < 1 || expertUsedCount > expertCount) {
      throw new ShapeMismatchException(
          "mixture of experts: expected expert_used_count in 1..%d, got %d"
              .formatted(expertCount, expertUsedCount));
    }
    if (!(Math.abs(weightsScale) <= Float.MAX_VALUE)) {
      throw new ShapeMismatchException(
          "mixture of experts: expected a finite expert_weights_scale, got " + weightsScale);
    }
    requireGroups(expertCount, expertUsedCount, groups);
  }

  /// Softmax over all experts; each chosen one's result is multiplied by its part of it.
  public static ExpertSpec of(int expertCount, int expertUsedCount, Glu glu) {
    return new ExpertSpec(
        expertCount, expertUsedCount, glu, Gating.SOFTMAX, false, 1, Groups.NONE, Weighted.OUTPUT);
  }

  /// With another gating.
  public ExpertSpec withGating(Gating other) {
    return new ExpertSpec(
        expertCount, expertUsedCount, glu, other, weightsNorm, weightsScale, groups, weighted);
  }

  /// With weights that sum to 1 per token, before they are scaled.
  public ExpertSpec withWeightsNorm() {
    return new ExpertSpec(
        expertCount, expertUsedCount, glu, gating, true, weightsScale, groups, weighted);
  }

  /// With all weights multiplied by `scale`.
  public ExpertSpec withWeightsScale(float scale) {
    return new ExpertSpec(
        expertCount, expertUsedCount, glu, gating, weightsNorm, scale, groups, weighted);
  }

  /// With experts in `count` groups of which a token chooses `usedCount`.
  public ExpertSpec withGroups(int count, int usedCount) {
    Groups other = new Groups(count, usedCount);
    return new ExpertSpec(
        expertCount, expertUsedCount, glu, gating, weightsNorm, weightsScale, other, weighted);
  }

  /// With weights that multiply the experts' input.
  public ExpertSpec withWeightedInput() {
    return new ExpertSpec(
        expertCount,
        expertUsedCount,
        glu,
        gating,
        weightsNorm,
        weightsScale,
        groups,
        Weighted.INPUT);
  }

  /// Experts in a group.
  public int groupLength() {
    return expertCount / groups.count();
  }

  private static void requireGroups(int experts, int used, Groups groups) {
    if (groups.count() == 1) {
      return;
    }
    if (experts % groups.count() != 0 || experts / groups.count() < 2) {
      throw new ShapeMismatchException(
          "mixture of experts: expected expert_group_count to make groups of two or more of %d experts, got %d"
              .formatted(experts, groups.count()));
    }
    if (used > experts / groups.count() * groups.usedCount()) {
      throw new ShapeMismatchException(
          "mixture of experts: expected at most the %d experts of %d groups to be used, got expert_used_count %d"
              .formatted(experts / groups.count() * groups.usedCount(), groups.usedCount(), used));
    }
  }
}
