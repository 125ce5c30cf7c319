package dev.jmr.model.sample;

/// The natural logarithms of the probabilities that a model gives to its next token, before any sampler: of every token on
/// request, and of the likeliest. For one thread; memory is taken by the constructor only.
public final class Logprobs {
  /// What stands for -∞, which JSON cannot express, and for everything below; as with OpenAI.
  public static final float FLOOR = -9999;

  /// As many likeliest tokens as can be asked for.
  public static final int MAX_TOP = 20;

  private final int vocabularySize;
  private final int[] tokens;
  private final float[] best;
  private float[] row = {};
  private int offset;
  private int count;
  private double logSum;

  /// @param top how many of the likeliest tokens to find, 0 to [#MAX_TOP]
  /// @throws IllegalArgumentException if `top` is outside its range
  public Logprobs(int vocabularySize, int top) {
    Ranges.check(top >= 0 && top <= MAX_TOP, "top_logprobs", "0 to " + MAX_TOP, top);
    this.vocabularySize = vocabularySize;
    this.tokens = new int[top];
    this.best = new float[top];
  }

  /// Reads the row `logits[offset .. offset + vocabularySize - 1]`, which must not change while this is asked about it.
  public void read(float[] logits, int offset) {
    this.row = logits;
    this.offset = offset;
    count = 0;
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < vocabularySize; i++) {
      max = Math.max(max, logits[offset + i]);
    }
    double sum = 0;
    for (int i = 0; i < vocabularySize; i++) {
      sum += Exp.exp((double) logits[offset + i] - max);
    }
    logSum = max + StrictMath.log(sum);
    findBest();
  }

  /// The logarithm of this token's probability, at least [#FLOOR].
  public float of(int token) {
    return (float) Math.max(row[offset + token] - logSum, FLOOR);
  }

  /// How many of the likeliest tokens were found: as many as were asked for, but none at -∞.
  public int topCount() {
    return count;
  }

  /// The id of the likeliest token but `rank`; between equals, the lower id comes first.
  public int topToken(int rank) {
    return tokens[rank];
  }

  /// Keeps the best so far in order, and most tokens end at the comparison with the worst of them.
  private void findBest() {
    if (best.length == 0) {
      return;
    }
    float least = Float.NEGATIVE_INFINITY;
    for (int token = 0; token < vocabularySize; token++) {
      float logit = row[offset + token];
      if (logit > least) {
        insert(token, logit);
        least = count == best.length ? best[count - 1] : Float.NEGATIVE_INFINITY;
      }
    }
  }

  private void insert(int token, float logit) {
    if (count < best.length) {
      count++;
    }
    int at = count - 1;
    for (; at > 0 && best[at - 1] < logit; at--) {
      best[at] = best[at - 1];
      tokens[at] = tokens[at - 1];
    }
    best[at] = logit;
    tokens[at] = token;
  }
}
