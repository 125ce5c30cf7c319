package dev.jmr.bench.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The results of one run, and what the machine can do at most, at one or several vector widths.
///
/// @param java version and architecture of the JVM
/// @param peaks one for each width and number of threads
public record KernelRun(String java, List<MachinePeak> peaks, List<KernelResult> results) {
  public KernelRun {
    peaks = List.copyOf(peaks);
    results = List.copyOf(results);
  }

  /// Measures cases in this JVM.
  ///
  /// @param progress is told of each case before it begins
  static KernelRun measure(
      List<KernelCase> cases, int threads, Rounds rounds, Consumer<KernelCase> progress) {
    MachinePeak peak = MachinePeak.measure(threads);
    List<KernelResult> results = new ArrayList<>();
    for (KernelCase kernelCase : cases) {
      progress.accept(kernelCase);
      try (KernelWork work = kernelCase.prepare(threads)) {
        double nanos = Rounds.median(rounds.time(work)) / work.callsPerRun();
        results.add(KernelResult.of(kernelCase, work, peak, nanos));
      }
    }
    String java = System.getProperty("java.version") + " " + System.getProperty("os.arch");
    return new KernelRun(java, List.of(peak), results);
  }

  /// Both runs in one.
  KernelRun and(KernelRun other) {
    List<MachinePeak> allPeaks = new ArrayList<>(peaks);
    allPeaks.addAll(other.peaks);
    List<KernelResult> allResults = new ArrayList<>(results);
    allResults.addAll(other.results);
    return new KernelRun(java, allPeaks, allResults);
  }

  /// What the machine can do at most at this width.
  Optional<MachinePeak> peak(int width) {
    return peaks.stream().filter(peak -> peak.width() == width).findFirst();
  }

  /// The result of the same case.
  Optional<KernelResult> like(KernelResult result) {
    return results.stream().filter(result::sameCase).findFirst();
  }
}
