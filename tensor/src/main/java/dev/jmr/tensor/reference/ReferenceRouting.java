package dev.jmr.tensor.reference;

import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.graph.ExpertSpec;
import dev.jmr.tensor.graph.Op;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/// Which experts one token goes to, best first, and what each counts. Where two are as good, the first one wins.
/// Source: llama.cpp `build_moe_ffn`.
///
/// @param experts their indices
/// @param weights what each is multiplied by
record ReferenceRouting(int[] experts, double[] weights) {

  /// The choice of the token whose router input begins at `offset`.
  static ReferenceRouting of(Op.MixtureOfExperts op, float[] routerInput, int offset) {
    ExpertSpec spec = op.spec();
    double[] logits = logits(op, routerInput, offset);
    double[] weights =
        switch (spec.gating()) {
          case SOFTMAX -> softmax(logits);
          case SIGMOID -> Arrays.stream(logits).map(x -> 1 / (1 + Math.exp(-x))).toArray();
          case SOFTMAX_WEIGHT -> logits;
        };
    double[] scores = weights.clone();
    add(scores, op.expertWeights().selectionBias());
    keepBestGroups(scores, spec);
    int[] chosen = best(scores, spec.expertUsedCount());
    double[] shares = IntStream.of(chosen).mapToDouble(expert -> weights[expert]).toArray();
    return new ReferenceRouting(chosen, finish(shares, spec));
  }

  private static double[] logits(Op.MixtureOfExperts op, float[] routerInput, int offset) {
    WeightRow row = new WeightRow();
    double[] logits = new double[op.spec().expertCount()];
    for (int expert = 0; expert < logits.length; expert++) {
      row.load(op.expertWeights().router(), expert);
      logits[expert] = row.dot(routerInput, offset);
    }
    add(logits, op.expertWeights().routerBias());
    return logits;
  }

  private static void add(double[] values, Optional<Tensor> bias) {
    if (bias.isPresent()) {
      WeightRow row = new WeightRow();
      row.load(bias.get(), 0);
      for (int i = 0; i < values.length; i++) {
        values[i] += row.get(i);
      }
    }
  }

  /// Puts all experts out of the running that are not in one of the best groups.
  private static void keepBestGroups(double[] scores, ExpertSpec spec) {
    int length = spec.groupLength();
    double[] groupScores = new double[spec.groups().count()];
    for (int group = 0; groupScores.length > 1 && group < groupScores.length; group++) {
      double[] sorted = Arrays.copyOfRange(scores, group * length, (group + 1) * length);
      Arrays.sort(sorted);
      groupScores[group] = sorted[length - 1] + sorted[length - 2];
    }
    int[] kept = best(groupScores, spec.groups().usedCount());
    for (int i = 0; i < scores.length; i++) {
      int group = i / length;
      if (IntStream.of(kept).noneMatch(k -> k == group)) {
        scores[i] = Double.NEGATIVE_INFINITY;
      }
    }
  }

  private static int[] best(double[] scores, int count) {
    double[] left = scores.clone();
    int[] best = new int[count];
    for (int n = 0; n < count; n++) {
      for (int i = 1; i < left.length; i++) {
        best[n] = left[i] > left[best[n]] ? i : best[n];
      }
      left[best[n]] = Double.NEGATIVE_INFINITY;
    }
    return best;
  }

  private static double[] finish(double[] shares, ExpertSpec spec) {
    double[] weights = spec.gating() == ExpertSpec.Gating.SOFTMAX_WEIGHT ? softmax(shares) : shares;
    double sum = Math.max(ExpertSpec.LEAST_WEIGHTS_SUM, Arrays.stream(weights).sum());
    double factor = spec.weightsScale() / (spec.weightsNorm() ? sum : 1);
    return Arrays.stream(weights).map(weight -> weight * factor).toArray();
  }

  private static double[] softmax(double[] x) {
    double max = Arrays.stream(x).max().orElse(0);
    double[] powers = Arrays.stream(x).map(value -> Math.exp(value - max)).toArray();
    double sum = Arrays.stream(powers).sum();
    return Arrays.stream(powers).map(power -> power / sum).toArray();
  }
}
