package dev.jmr.model.sample;

import java.util.Arrays;

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

  /// Starts over with one row of logits; tokens at -∞ are not candidates. Until a sampler is applied, the candidates stand
  /// in the order of their ids.
  ///
  /// @throws SamplingException if a logit is NaN or +∞, or all are -∞
  void load(float[] row, int offset) {
    size = 0;
    if (allFinite(row, offset, ids.length)) {
      loadAll(row, offset);
    } else {
      loadRange(row, offset, 0, ids.length);
    }
    if (size == 0) {
      throw new SamplingException(
          "logits: expected at least one token to choose from, got -Infinity for all %d"
              .formatted(ids.length));
    }
    sorted = 0;
  }

  /// Starts over with the tokens of a row that a mask allows. The logits of the others are not looked at.
  ///
  /// @throws SamplingException if one of these logits is NaN or +∞, or all are -∞, or there are none
  void load(float[] row, int offset, TokenMask mask) {
    size = 0;
    for (int from = 0; from < ids.length; from += Long.SIZE) {
      long word = mask.word(from >>> 6);
      int to = Math.min(from + Long.SIZE, ids.length);
      if (word == -1) {
        loadRange(row, offset, from, to);
      } else {
        loadAllowed(row, offset, from, to, word);
      }
    }
    if (size == 0) {
      throw new SamplingException(
          "mask: expected at least one token that may come next and is not at -Infinity, got none of %d; what constrains the text has come to a dead end"
              .formatted(ids.length));
    }
    sorted = 0;
  }

  /// A loop that the JIT turns into vector instructions: most rows need no closer look.
  private static boolean allFinite(float[] row, int offset, int length) {
    float greatest = 0;
    for (int i = offset; i < offset + length; i++) {
      greatest = Math.max(greatest, Math.abs(row[i]));
    }
    return greatest < Float.POSITIVE_INFINITY;
  }

  private void loadAll(float[] row, int offset) {
    System.arraycopy(row, offset, logits, 0, ids.length);
    for (int id = 0; id < ids.length; id++) {
      ids[id] = id;
    }
    size = ids.length;
  }

  private void loadRange(float[] row, int offset, int from, int to) {
    int count = size;
    for (int id = from; id < to; id++) {
      float logit = row[offset + id];
      if (!(logit < Float.POSITIVE_INFINITY)) {
        throw notANumber(id, logit);
      }
      ids[count] = id;
      logits[count] = logit;
      if (logit > Float.NEGATIVE_INFINITY) {
        count++;
      }
    }
    size = count;
  }

  private void loadAllowed(float[] row, int offset, int from, int to, long word) {
    for (long rest = word; rest != 0; rest &= rest - 1) {
      int id = from + Long.numberOfTrailingZeros(rest);
      if (id >= to) {
        return;
      }
      loadRange(row, offset, id, id + 1);
    }
  }

  private static SamplingException notANumber(int id, float logit) {
    return new SamplingException(
        "logit of token %d: expected a finite number, got %s; the model file is damaged or a kernel is wrong"
            .formatted(id, logit));
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

  /// Where the candidate with this id stands, while they are still in the order of their ids; negative if it is none.
  int indexOf(int id) {
    return Arrays.binarySearch(ids, 0, size, id);
  }

  /// Sets every weight to `exp(logit - max)` and returns their sum, so that `weight / sum` is the token's probability.
  double softmax() {
    double max = maxLogit();
    double sum = 0;
    for (int i = 0; i < size; i++) {
      weights[i] = (float) Exp.exp(logits[i] - max);
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

  /// Drops the first `count` candidates, which may not be all.
  void dropFirst(int count) {
    size -= count;
    System.arraycopy(ids, count, ids, 0, size);
    System.arraycopy(logits, count, logits, 0, size);
    sorted = Math.max(0, sorted - count);
  }

  /// Drops the candidates below `minLogit`, but not the best `minKeep`; the others keep their order. Where `minKeep` is 1 or
  /// less, one must reach `minLogit`.
  void keepAtLeast(double minLogit, int minKeep) {
    int spared = minKeep > 1 ? Math.min(minKeep, size) : 0;
    sort(spared);
    int kept = 0;
    int keptSorted = 0;
    for (int i = 0; i < size; i++) {
      if (logits[i] >= minLogit || i < spared) {
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
