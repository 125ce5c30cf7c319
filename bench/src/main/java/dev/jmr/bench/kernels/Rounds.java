package dev.jmr.bench.kernels;

import java.util.Arrays;

/// How work is timed: repeated until it is warm, then in rounds of equal length.
///
/// @param count rounds
/// @param millis about how long a round takes
/// @param warmUpMillis time before the first round
public record Rounds(int count, int millis, int warmUpMillis) {
  /// Times work.
  ///
  /// @return nanoseconds per repetition of each round, ascending
  double[] time(Repeatable work) {
    long warm = System.nanoTime() + warmUpMillis * 1_000_000L;
    do {
      work.run(1);
    } while (System.nanoTime() < warm);
    int times = timesPerRound(work);
    double[] nanos = new double[count];
    for (int i = 0; i < count; i++) {
      nanos[i] = (double) nanos(work, times) / times;
    }
    Arrays.sort(nanos);
    return nanos;
  }

  /// The middle one of sorted times.
  static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private int timesPerRound(Repeatable work) {
    long round = millis * 1_000_000L;
    int times = 1;
    long nanos = nanos(work, times);
    while (nanos < round / 4 && times < 1 << 24) {
      times *= 2;
      nanos = nanos(work, times);
    }
    return (int) Math.clamp(times * ((double) round / nanos), 1, 1 << 28);
  }

  private static long nanos(Repeatable work, int times) {
    long start = System.nanoTime();
    work.run(times);
    return Math.max(1, System.nanoTime() - start);
  }
}
