package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.backend.OpTimer;
import dev.jmr.tensor.graph.ExpertWeights;
import dev.jmr.tensor.graph.Op;
import dev.jmr.tensor.graph.WeightTraffic;
import java.util.List;

/// What a stage is called in a profile, and what it reads.
final class StagePart {
  private static final String SUFFIX = "Stage";

  private StagePart() {}

  /// A stage that was made for `ops`.
  ///
  /// @param last whether it is the last one that was made for them: it is the one that produces their results
  static OpTimer.Part of(Stage stage, List<? extends Op> ops, boolean last) {
    return OpTimer.Part.of(
        ops,
        step(stage),
        (tokens, outputs) ->
            ops.stream().mapToLong(op -> bytes(stage, op, last, tokens, outputs)).sum());
  }

  private static String step(Stage stage) {
    String name = stage.getClass().getSimpleName();
    String step = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    return Character.toLowerCase(step.charAt(0)) + step.substring(1);
  }

  private static long bytes(Stage stage, Op op, boolean last, int tokens, int outputs) {
    long bytes = WeightTraffic.bytes(op, tokens, outputs);
    if (bytes > 0 && op instanceof Op.MixtureOfExperts mixture) {
      long router = mixture.expertWeights().router().byteSize();
      long experts = bytes - router;
      return switch (stage) {
        case LinearStage _ -> router;
        case ExpertHiddenStage _ -> experts - down(experts, mixture.expertWeights());
        case ExpertDownStage _ -> down(experts, mixture.expertWeights());
        default -> 0;
      };
    }
    return last ? bytes : 0;
  }

  /// What part of the experts' bytes is that of their down projections.
  private static long down(long experts, ExpertWeights weights) {
    double down = weights.down().byteSize();
    double all = weights.gate().byteSize() + weights.up().byteSize() + down;
    return Math.round(experts * (down / all));
  }
}
