package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.graph.ExpertSpec;
import java.util.Arrays;

/// Which tokens go to which experts in the current step: one pair of token and expert for each of a token's choices.
///
/// As a stage it has one chunk, which reads the router's logits and sorts the pairs by expert. Pair `t · used + i` is the
/// token `t`'s choice `i`. Shared by all mixture layers of an executable that route alike.
final class ExpertRouting implements Stage {
  private final ExpertSpec spec;
  private final int logits;
  private final float[] probabilities;
  private final int[] cursor;

  /// Probability of each pair, summing to 1 per token.
  final float[] weights;

  /// Pairs sorted by expert: those of expert `e` are `pairs[first[e]] … pairs[first[e + 1] - 1]`.
  final int[] pairs;

  final int[] first;
  private final int[] chosen;

  ExpertRouting(ExpertSpec spec, int maxTokens, int logits) {
    this.spec = spec;
    this.logits = logits;
    int capacity = maxTokens * spec.expertUsedCount();
    probabilities = new float[spec.expertCount()];
    cursor = new int[spec.expertCount()];
    weights = new float[capacity];
    chosen = new int[capacity];
    pairs = new int[capacity];
    first = new int[spec.expertCount() + 1];
  }

  /// Choices per token.
  int used() {
    return spec.expertUsedCount();
  }

  /// How many pairs there are in this step.
  int pairCount(Step step) {
    return step.tokens() * used();
  }

  @Override
  public int chunks(Step step) {
    return 1;
  }

  @Override
  public void run(int chunk, Step step, Worker worker) {
    for (int t = 0; t < step.tokens(); t++) {
      choose(step.workspace, t);
    }
    sortByExpert(step.tokens() * used());
  }

  private void choose(float[] workspace, int t) {
    int experts = spec.expertCount();
    System.arraycopy(workspace, logits + t * experts, probabilities, 0, experts);
    float max = Float.NEGATIVE_INFINITY;
    for (float logit : probabilities) {
      max = Math.max(max, logit);
    }
    for (int e = 0; e < experts; e++) {
      probabilities[e] = (float) Math.exp(probabilities[e] - max);
    }
    float sum = 0;
    for (int i = 0; i < used(); i++) {
      int best = 0;
      for (int e = 1; e < experts; e++) {
        best = probabilities[e] > probabilities[best] ? e : best;
      }
      chosen[t * used() + i] = best;
      weights[t * used() + i] = probabilities[best];
      sum += probabilities[best];
      probabilities[best] = -1;
    }
    for (int i = 0; i < used(); i++) {
      weights[t * used() + i] /= sum;
    }
  }

  private void sortByExpert(int count) {
    Arrays.fill(first, 0);
    for (int pair = 0; pair < count; pair++) {
      first[chosen[pair] + 1]++;
    }
    for (int e = 0; e < spec.expertCount(); e++) {
      first[e + 1] += first[e];
      cursor[e] = first[e];
    }
    for (int pair = 0; pair < count; pair++) {
      pairs[cursor[chosen[pair]]++] = pair;
    }
  }
}
