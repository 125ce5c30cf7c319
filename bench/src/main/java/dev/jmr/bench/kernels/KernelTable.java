package dev.jmr.bench.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A run as a Markdown table, aligned so that it can be read as it is.
final class KernelTable {
  private static final List<String> HEAD =
      List.of(
          "kernel", "type", "shape", "place", "T", "depth", "bits", "ns/call", "GB/s", "of read",
          "GFLOP/s", "of fma");

  /// Columns of words; the others are numbers.
  private static final int WORDS = 4;

  private static final String NOTHING = "-";

  private final KernelRun run;
  private final Optional<KernelRun> baseline;

  /// @param baseline what to compare with
  KernelTable(KernelRun run, Optional<KernelRun> baseline) {
    this.run = run;
    this.baseline = baseline;
  }

  /// All lines, without line ends.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("java " + run.java());
    run.peaks().forEach(peak -> lines.add(peakLine(peak)));
    lines.add("");
    List<List<String>> rows = new ArrayList<>();
    rows.add(head());
    run.results().forEach(result -> rows.add(cells(result)));
    int[] widths = widths(rows);
    for (int i = 0; i < rows.size(); i++) {
      lines.add(line(rows.get(i), widths));
      if (i == 0) {
        lines.add(ruler(widths));
      }
    }
    return lines;
  }

  private static String peakLine(MachinePeak peak) {
    return String.format(
        Locale.ROOT,
        "peak at %d bits, %d thread%s: read %.1f GB/s from memory, %.1f from cache; fma %.1f GFLOP/s",
        peak.width(),
        peak.threads(),
        peak.threads() == 1 ? "" : "s",
        peak.memoryBytesPerSecond() / 1e9,
        peak.cacheBytesPerSecond() / 1e9,
        peak.flopsPerSecond() / 1e9);
  }

  private List<String> head() {
    List<String> head = new ArrayList<>(HEAD);
    if (baseline.isPresent()) {
      head.add("speed-up");
    }
    return head;
  }

  private List<String> cells(KernelResult result) {
    Optional<MachinePeak> peak = run.peak(result.width());
    double read = result.gigabytesPerSecond();
    double flops = result.gigaflopsPerSecond();
    boolean multiplies = result.flopsPerCall() > 0;
    List<String> cells = new ArrayList<>();
    cells.add(result.kernel());
    cells.add(result.type());
    cells.add(result.shape());
    cells.add(result.place());
    cells.add(Integer.toString(result.tokens()));
    cells.add(Integer.toString(result.depth()));
    cells.add(Integer.toString(result.width()));
    cells.add(String.format(Locale.ROOT, "%.0f", result.nanosPerCall()));
    cells.add(number(read));
    cells.add(peak.map(p -> percent(1e9 * read / p.bytesPerSecond(place(result)))).orElse(NOTHING));
    cells.add(multiplies ? number(flops) : NOTHING);
    cells.add(
        peak.filter(_ -> multiplies)
            .map(p -> percent(1e9 * flops / p.flopsPerSecond()))
            .orElse(NOTHING));
    baseline.ifPresent(earlier -> cells.add(ratio(result, earlier)));
    return cells;
  }

  private static Place place(KernelResult result) {
    return result.place().equals(Place.MEMORY.label()) ? Place.MEMORY : Place.CACHE;
  }

  private static String ratio(KernelResult result, KernelRun earlier) {
    return earlier
        .like(result)
        .map(before -> number(before.nanosPerCall() / result.nanosPerCall()))
        .orElse(NOTHING);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  private static int[] widths(List<List<String>> rows) {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return widths;
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++) {
      String blanks = " ".repeat(widths[i] - row.get(i).length());
      line.append(' ').append(i < WORDS ? row.get(i) + blanks : blanks + row.get(i)).append(" |");
    }
    return line.toString();
  }

  private static String ruler(int[] widths) {
    StringBuilder line = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++) {
      line.append(' ').append("-".repeat(widths[i])).append(i < WORDS ? " |" : ":|");
    }
    return line.toString();
  }
}
