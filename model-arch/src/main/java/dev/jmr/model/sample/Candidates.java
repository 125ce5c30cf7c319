package dev.jmr.model.sample;

/// The tokens that are still in the running: parallel arrays of id, logit and a weight, allocated once per chain. Weights
/// are scratch of the one sampler that is being applied.
///
/// *Better* means a higher logit or, between equals, a lower id. The best [#sort] candidates stand in front in that order,
/// the rest in none: samplers ask for as much order as they need, so that a vocabulary of 256k tokens is never sorted as
/// a whole to find the best forty.
final class Candidates {
  private final int[] ids;
  private final float[] logits;
  private final float[] weights;
  private final PartialSort byLogit;
  private final PartialSort byWeight;
  private int size;
  private int sorted;

  Candidates(int vocabularySize) {
    ids = new int[vocabularySize];
    logits = new float[vocabularySize];
    weights = new float[vocabularySize];
    byLogit = new PartialSort(logits, ids, weights);
    byWeight = new PartialSort(weights, ids, logits);
  }

  /// Starts over with one row of logits; tokens at -∞ (masked out) are not candidates.
  ///
  /// @throws SamplingException if a logit is NaN or +∞, or all are -∞
  void load(float[] row, int offset) {
    int count = 0;
    for (int id = 0; id < ids.length; id++) {
      float logit = row[offset + id];
      if (!(logit < Float.POSITIVE_INFINITY)) {
        throw new SamplingException(
            "logit of token %d: expected a finite number, got %s; the model file is damaged or a kernel is wrong"
                .formatted(id, logit));
      }
      ids[count] = id;
      logits[count] = logit;
      if (logit > Float.NEGATIVE_INFINITY) {
        count++;
      }
    }
    if (count == 0) {
      throw new SamplingException(
          "logits: expected at least one token to choose from, got -Infinity for all %d"
              .formatted(ids.length));
    }
    size = count;
    sorted = 0;
  }

  int size() {
    return size;
  }

  int id(int index) {
    return ids[index];
  }

  float logit(int index) {
    return logits[index];
  }

  float weight(int index) {
    return weights[index];
  }

  void weight(int index, float weight) {
    weights[index] = weight;
  }

  /// Replaces a logit, after which no order is known.
  void logit(int index, float logit) {
    logits[index] = logit;
    sorted = 0;
  }

  float maxLogit() {
    if (sorted > 0) {
      return logits[0];
    }
    float max = logits[0];
    for (int i = 1; i < size; i++) {
      max = Math.max(max, logits[i]);
    }
    return max;
  }

  /// Sets every weight to `exp(logit - max)` and returns their sum, so that `weight / sum` is the token's probability.
  ///
  /// `StrictMath`, because the draw must not depend on the machine.
  double softmax() {
    double max = maxLogit();
    double sum = 0;
    for (int i = 0; i < size; i++) {
      weights[i] = (float) StrictMath.exp(logits[i] - max);
      sum += weights[i];
    }
    return sum;
  }

  /// Brings the best `count` candidates to the front, best first, and returns how many stand in order now.
  int sort(int count) {
    int wanted = Math.min(count, size);
    if (wanted > sorted) {
      byLogit.select(sorted, wanted, size);
      sorted = wanted;
    }
    return sorted;
  }

  /// Brings the candidates with the greatest weights into `from .. to - 1`, greatest first, when those before `from` are in
  /// their place already; returns how many are now.
  int sortByWeight(int from, int to) {
    sorted = 0;
    int end = Math.min(to, size);
    byWeight.select(from, end, size);
    return end;
  }

  /// Drops all but the first `count` candidates.
  void truncate(int count) {
    size = Math.min(size, count);
    sorted = Math.min(size, sorted);
  }

  /// Drops the candidates below `minLogit`; the others keep their order.
  void keepAtLeast(float minLogit) {
    int kept = 0;
    int keptSorted = 0;
    for (int i = 0; i < size; i++) {
      if (logits[i] >= minLogit) {
        ids[kept] = ids[i];
        logits[kept] = logits[i];
        kept++;
        keptSorted += i < sorted ? 1 : 0;
      }
    }
    size = kept;
    sorted = keptSorted;
  }
}
