package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.graph.ExpertSpec;
import dev.jmr.tensor.graph.ExpertWeights;
import dev.jmr.tensor.graph.Op;
import java.util.Arrays;

/// Which tokens go to which experts in the current step: one pair of token and expert for each of a token's choices.
///
/// As a stage it has one chunk, which reads the router's logits and sorts the pairs by expert. Pair `t · used + i` is the
/// token `t`'s choice `i`.
final class ExpertRouting implements Stage {
  private final ExpertSpec spec;
  private final int logits;
  private final ExpertChoice choice;
  private final int[] cursor;

  /// What each pair's expert counts.
  final float[] weights;

  /// Pairs sorted by expert: those of expert `e` are `pairs[first[e]] … pairs[first[e + 1] - 1]`.
  final int[] pairs;

  final int[] first;
  private final int[] chosen;

  ExpertRouting(Op.MixtureOfExperts op, int maxTokens, int logits) {
    this.spec = op.spec();
    ExpertWeights experts = op.expertWeights();
    this.choice = new ExpertChoice(spec, experts.routerBias(), experts.selectionBias());
    this.logits = logits;
    int capacity = maxTokens * spec.expertUsedCount();
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
      choice.choose(step.workspace, logits + t * spec.expertCount(), chosen, weights, t * used());
    }
    sortByExpert(step.tokens() * used());
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
