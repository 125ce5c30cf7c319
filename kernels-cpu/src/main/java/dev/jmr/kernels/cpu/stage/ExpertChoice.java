package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.graph.ExpertSpec;
import java.util.Arrays;
import java.util.Optional;

/// Chooses the experts of one token, and says what each counts. Where two are as good, the first one wins. Used by one
/// thread at a time. Source: llama.cpp `build_moe_ffn`.
final class ExpertChoice {
  private final ExpertSpec spec;
  private final float[] routerBias;
  private final float[] selectionBias;

  /// What an expert counts if it is chosen, before all are normalised.
  private final float[] shares;

  /// What experts are chosen by; those that are out of the running have −∞.
  private final float[] scores;

  private final float[] groupScores;
  private final boolean[] groupUsed;

  ExpertChoice(ExpertSpec spec, Optional<Tensor> routerBias, Optional<Tensor> selectionBias) {
    this.spec = spec;
    this.routerBias = floats(routerBias);
    this.selectionBias = floats(selectionBias);
    shares = new float[spec.expertCount()];
    scores = new float[spec.expertCount()];
    groupScores = new float[spec.groups().count()];
    groupUsed = new boolean[spec.groups().count()];
  }

  /// All elements of a bias; none if there is no bias.
  static float[] floats(Optional<Tensor> bias) {
    if (bias.isEmpty()) {
      return new float[0];
    }
    float[] values = new float[Math.toIntExact(bias.get().shape().elementCount())];
    TensorType.F32.format().dequantize(bias.get().data(), 0, values, 0, values.length);
    return values;
  }

  /// Writes the token's experts and their weights from `at` on, the best first.
  ///
  /// @param logits the router's, `expertCount` of them from `from` on
  void choose(float[] logits, int from, int[] chosen, float[] weights, int at) {
    System.arraycopy(logits, from, shares, 0, shares.length);
    addTo(shares, routerBias);
    switch (spec.gating()) {
      case SOFTMAX -> softmax(shares, 0, shares.length);
      case SIGMOID -> sigmoid(shares);
      case SOFTMAX_WEIGHT -> {}
    }
    System.arraycopy(shares, 0, scores, 0, shares.length);
    addTo(scores, selectionBias);
    for (int i = 0; i < scores.length; i++) {
      scores[i] = finite(scores[i]);
    }
    keepBestGroups();
    int used = spec.expertUsedCount();
    for (int i = at; i < at + used; i++) {
      chosen[i] = takeBest(scores);
      weights[i] = shares[chosen[i]];
    }
    finish(weights, at, used);
  }

  private void keepBestGroups() {
    if (groupScores.length == 1) {
      return;
    }
    int length = spec.groupLength();
    for (int group = 0; group < groupScores.length; group++) {
      groupScores[group] = bestTwo(group * length, (group + 1) * length);
    }
    Arrays.fill(groupUsed, false);
    for (int i = 0; i < spec.groups().usedCount(); i++) {
      groupUsed[takeBest(groupScores)] = true;
    }
    for (int i = 0; i < scores.length; i++) {
      if (!groupUsed[i / length]) {
        scores[i] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  /// The sum of the two largest scores of a range.
  private float bestTwo(int first, int end) {
    float best = Float.NEGATIVE_INFINITY;
    float second = Float.NEGATIVE_INFINITY;
    for (int i = first; i < end; i++) {
      if (scores[i] > best) {
        second = best;
        best = scores[i];
      } else {
        second = Math.max(second, scores[i]);
      }
    }
    return finite(best + second);
  }

  /// A number above −∞, which stands for what is out of the running: no expert is to be chosen twice.
  private static float finite(float score) {
    return score > -Float.MAX_VALUE ? score : -Float.MAX_VALUE;
  }

  /// The index of the largest value, which is put out of the running.
  private static int takeBest(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    values[best] = Float.NEGATIVE_INFINITY;
    return best;
  }

  private void finish(float[] weights, int at, int used) {
    if (spec.gating() == ExpertSpec.Gating.SOFTMAX_WEIGHT) {
      softmax(weights, at, used);
    }
    float sum = 0;
    for (int i = at; i < at + used; i++) {
      sum += weights[i];
    }
    float divisor = spec.weightsNorm() ? Math.max(sum, ExpertSpec.LEAST_WEIGHTS_SUM) : 1;
    for (int i = at; i < at + used; i++) {
      weights[i] = weights[i] / divisor * spec.weightsScale();
    }
  }

  private static void softmax(float[] x, int at, int count) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = at; i < at + count; i++) {
      max = Math.max(max, x[i]);
    }
    float sum = 0;
    for (int i = at; i < at + count; i++) {
      x[i] = (float) Math.exp(x[i] - max);
      sum += x[i];
    }
    for (int i = at; i < at + count; i++) {
      x[i] /= sum;
    }
  }

  private static void sigmoid(float[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (1 / (1 + Math.exp(-x[i])));
    }
  }

  private static void addTo(float[] x, float[] bias) {
    for (int i = 0; i < bias.length; i++) {
      x[i] += bias[i];
    }
  }
}
