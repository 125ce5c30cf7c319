package dev.jmr.model.sample;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Rows of logits of awkward sizes and shapes, and the plain view of them that the samplers are compared with.
final class LogitRows {
  private static final int[] SIZES = {1, 2, 33, 1000, 128_256};

  private LogitRows() {}

  /// A token and its logit.
  record Token(int id, float logit) {
    static final Comparator<Token> BEST_FIRST =
        Comparator.comparingDouble(Token::logit).reversed().thenComparingInt(Token::id);
  }

  /// One row; prints as its description, not as 128k numbers.
  static final class Row {
    private final String name;
    private final float[] logits;

    Row(String name, float... logits) {
      this.name = name;
      this.logits = logits;
    }

    String name() {
      return name;
    }

    float[] logits() {
      return logits;
    }

    @Override
    public String toString() {
      return name;
    }

    Candidates load() {
      Candidates candidates = new Candidates(logits.length);
      candidates.load(logits, 0);
      return candidates;
    }

    List<Token> bestFirst() {
      return IntStream.range(0, logits.length)
          .filter(id -> logits[id] != Float.NEGATIVE_INFINITY)
          .mapToObj(id -> new Token(id, logits[id]))
          .sorted(Token.BEST_FIRST)
          .toList();
    }

    /// The sum of `exp(logit - max)`: what a token's own is divided by to become its probability.
    double totalWeight() {
      double max = max();
      return bestFirst().stream().mapToDouble(token -> Math.exp(token.logit() - max)).sum();
    }

    float max() {
      return bestFirst().getFirst().logit();
    }
  }

  static Stream<Row> all() {
    return Arrays.stream(SIZES).boxed().flatMap(LogitRows::ofSize);
  }

  private static Stream<Row> ofSize(int size) {
    SplittableRandom random = new SplittableRandom(size);
    return Stream.of(
        row("bell-shaped", size, () -> (float) (4 * random.nextGaussian())),
        row("nearly flat", size, () -> (float) (0.01 * random.nextGaussian())),
        row("many ties", size, () -> Math.round(3 * random.nextGaussian()) / 2f),
        row("all equal", size, () -> -7.5f),
        row("one peak", size, () -> (float) (20 * Math.pow(random.nextDouble(), 8))),
        masked(row("half masked", size, () -> (float) (2 * random.nextGaussian()))));
  }

  private static Row row(String shape, int size, Supplier<Float> logit) {
    float[] logits = new float[size];
    for (int i = 0; i < size; i++) {
      logits[i] = logit.get();
    }
    return new Row(shape + ", " + size, logits);
  }

  private static Row masked(Row row) {
    for (int i = 1; i < row.logits().length; i += 2) {
      row.logits()[i] = Float.NEGATIVE_INFINITY;
    }
    return row;
  }

  static int[] ids(List<Token> tokens) {
    return tokens.stream().mapToInt(Token::id).toArray();
  }

  static int[] ids(Candidates candidates) {
    return IntStream.range(0, candidates.size()).map(candidates::id).toArray();
  }

  static int[] sortedIds(Candidates candidates) {
    int[] ids = ids(candidates);
    Arrays.sort(ids);
    return ids;
  }

  /// Candidates with these probabilities, by id.
  static Candidates ofProbabilities(double... probabilities) {
    return new Row("given", logs(probabilities)).load();
  }

  static float[] logs(double... probabilities) {
    float[] logits = new float[probabilities.length];
    for (int id = 0; id < logits.length; id++) {
      logits[id] = (float) Math.log(probabilities[id]);
    }
    return logits;
  }

  /// The probabilities of the candidates, by id; 0 for a token that is none.
  static double[] probabilities(Candidates candidates, int vocabularySize) {
    double[] probabilities = new double[vocabularySize];
    double sum = candidates.softmax();
    for (int i = 0; i < candidates.size(); i++) {
      probabilities[candidates.id(i)] = candidates.weight(i) / sum;
    }
    return probabilities;
  }
}
