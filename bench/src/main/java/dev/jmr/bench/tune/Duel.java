package dev.jmr.bench.tune;

import dev.jmr.runtime.tuning.Tuning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/// Two tunings that were measured in turn, pair by pair, so that what disturbs the one disturbs the other.
///
/// @param ratios of each trial, one per pair: the challenger's rate in units of the champion's
record Duel(Map<Trial, double[]> ratios) {
  /// What is less is taken for noise.
  static final double MIN_GAIN = 0.02;

  /// A challenger that is as much slower in each of the first pairs does not get more.
  private static final double HOPELESS = 0.95;

  private static final int PAIRS_OF_HOPE = 2;
  private static final int MAX_ROUNDS = 3;

  /// Runs it: one round of pairs, and while the challenger looks better and it is not `proven`, up to two more. Of many
  /// challengers that are no better one may look so by chance in one round, in two seldom.
  ///
  /// @param pairs in a round
  static Duel run(
      Meter meter,
      Tuning champion,
      Tuning challenger,
      List<Trial> trials,
      int pairs,
      Predicate<Duel> proven) {
    Duel duel = new Duel(new LinkedHashMap<>());
    trials.forEach(trial -> duel.ratios.put(trial, new double[0]));
    for (int round = 0; round < MAX_ROUNDS; round++) {
      for (int pair = 0; pair < pairs && !duel.hopeless(); pair++) {
        duel.addPair(meter, champion, challenger);
      }
      if (!duel.promising() || (round > 0 && proven.test(duel))) {
        break;
      }
    }
    return duel;
  }

  /// Who is first changes from pair to pair.
  private void addPair(Meter meter, Tuning champion, Tuning challenger) {
    for (Map.Entry<Trial, double[]> entry : ratios.entrySet()) {
      boolean championFirst = entry.getValue().length % 2 == 0;
      double first = meter.rate(championFirst ? champion : challenger, entry.getKey());
      double second = meter.rate(championFirst ? challenger : champion, entry.getKey());
      entry.setValue(with(entry.getValue(), championFirst ? second / first : first / second));
    }
  }

  private static double[] with(double[] values, double value) {
    double[] longer = Arrays.copyOf(values, values.length + 1);
    longer[values.length] = value;
    return longer;
  }

  private boolean hopeless() {
    double[] scores = scores();
    return scores.length >= PAIRS_OF_HOPE
        && Arrays.stream(scores).allMatch(score -> score < HOPELESS);
  }

  /// Of each pair the geometric mean of the trials' ratios.
  private double[] scores() {
    int pairs = ratios.values().stream().mapToInt(values -> values.length).min().orElse(0);
    double[] scores = new double[pairs];
    for (int i = 0; i < pairs; i++) {
      int pair = i;
      scores[i] =
          Math.exp(
              ratios.values().stream()
                  .mapToDouble(values -> Math.log(values[pair]))
                  .average()
                  .orElse(0));
    }
    return scores;
  }

  /// How much faster the challenger is: the median of all pairs, 0.05 = 5 %.
  double gain() {
    return median(scores()) - 1;
  }

  /// How far the middle half of the pairs lie apart.
  double spread() {
    return spread(scores());
  }

  private static double spread(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int cut = sorted.length / 4;
    return sorted[sorted.length - 1 - cut] - sorted[cut];
  }

  /// How many pairs were run.
  int pairs() {
    return scores().length;
  }

  /// The median ratio of each trial.
  Map<Trial, Double> medians() {
    Map<Trial, Double> medians = new LinkedHashMap<>();
    ratios.forEach((trial, values) -> medians.put(trial, median(values)));
    return medians;
  }

  /// Whether the challenger is better by more than noise explains, all kinds of work together, and none suffers.
  boolean won() {
    return promising() && gain() >= MIN_GAIN && gain() > spread() && harmless();
  }

  /// Whether one kind of work at least gains more than noise explains, and none suffers.
  boolean helps() {
    return harmless()
        && ratios.values().stream()
            .anyMatch(values -> gains(values) && median(values) - 1 > spread(values));
  }

  private boolean promising() {
    return ratios.values().stream().anyMatch(Duel::gains);
  }

  private static boolean gains(double... values) {
    return median(values) >= 1 + MIN_GAIN;
  }

  private boolean harmless() {
    return ratios.values().stream().allMatch(values -> median(values) >= 1 - MIN_GAIN);
  }

  private static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /// `generation 1.04, prompt 0.98`.
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    medians()
        .forEach(
            (trial, ratio) -> parts.add(trial.name() + String.format(Locale.ROOT, " %.3f", ratio)));
    return String.join(", ", parts);
  }
}
