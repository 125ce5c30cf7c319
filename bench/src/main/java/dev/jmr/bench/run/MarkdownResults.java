package dev.jmr.bench.run;

import dev.jmr.runtime.tuning.Tuning;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// llama-bench's table, row by row as results come; below it what that table has no column for.
final class MarkdownResults implements ResultWriter {
  private static final double MIB = 1 << 20;
  private static final double GIB = 1 << 30;

  /// @param width characters; negative = to the left
  private record Column(String title, int width, Function<Result, String> text) {
    String cell(String value) {
      return String.format(Locale.ROOT, " %" + width + "s |", value);
    }

    String rule() {
      return " " + "-".repeat(Math.abs(width) - 1) + (width > 0 ? ":" : "-") + " |";
    }
  }

  private final PrintWriter out;
  private final List<Column> columns;
  private final Map<SessionFacts, List<Result>> results = new LinkedHashMap<>();
  private final ProfileText profile;

  /// @param plan settings that it varies or changes have a column
  MarkdownResults(PrintWriter out, Plan plan) {
    this.out = out;
    this.columns = columns(plan);
    this.profile = new ProfileText(out, plan.profile() == Profiling.EACH);
  }

  private static List<Column> columns(Plan plan) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("model", -30, result -> result.session().model().type()));
    columns.add(new Column("size", 10, result -> size(result.session().model().byteSize())));
    columns.add(
        new Column("params", 10, result -> count(result.session().model().parameterCount())));
    columns.add(new Column("backend", -10, result -> result.session().backend()));
    columns.add(new Column("threads", 7, result -> "" + result.session().threads()));
    if (plan.setups().stream().anyMatch(setup -> setup.batch() != TestOptions.BATCH)) {
      columns.add(new Column("n_batch", 7, result -> "" + result.session().setup().batch()));
    }
    if (plan.setups().stream().anyMatch(MarkdownResults::hasMicroBatch)) {
      columns.add(new Column("n_ubatch", 8, result -> "" + result.session().setup().microBatch()));
    }
    if (plan.setups().stream().anyMatch(setup -> setup.kvType() != TestOptions.KV_TYPE)) {
      columns.add(new Column("type_k", 6, MarkdownResults::kvType));
      columns.add(new Column("type_v", 6, MarkdownResults::kvType));
    }
    columns.add(new Column("test", 15, result -> result.test().name()));
    columns.add(new Column("t/s", 20, result -> rate(result.samples())));
    return columns;
  }

  private static boolean hasMicroBatch(Setup setup) {
    return setup.microBatch() != 0 && setup.microBatch() != Tuning.STANDARD_PROMPT_CHUNK;
  }

  @Override
  public void begin() {
    out.println(row(column -> column.cell(column.title())));
    out.println(row(Column::rule));
    out.flush();
  }

  @Override
  public void result(Result result) {
    out.println(row(column -> column.cell(column.text().apply(result))));
    out.flush();
    results.computeIfAbsent(result.session(), _ -> new ArrayList<>()).add(result);
  }

  private String row(Function<Column, String> cell) {
    return columns.stream().map(cell).collect(Collectors.joining("", "|", ""));
  }

  @Override
  public void end() {
    out.printf("%nbuild: jmr %s, java %s%n", BuildInfo.version(), BuildInfo.java());
    results.forEach(this::details);
    out.flush();
  }

  private void details(SessionFacts session, List<Result> tests) {
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "%n%s on %s (%s), kv %s: loaded in %.2f s",
            session.model().type(),
            session.backend(),
            session.backendDetail(),
            session.setup().kvType().name().toLowerCase(Locale.ROOT),
            session.loadNanos() / 1e9));
    tests.getLast().peakBytes().ifPresent(peak -> line.append(", peak memory ").append(size(peak)));
    session
        .memoryBytesPerSecond()
        .ifPresent(rate ->
            line.append(String.format(Locale.ROOT, ", memory reads %.1f GB/s", rate / 1e9)));
    out.println(line);
    session.tuning().ifPresent(note -> out.println("  " + note));
    tests.forEach(this::detail);
    tests.forEach(result -> result.phases().forEach(phase -> profile.write(result.test(), phase)));
  }

  private void detail(Result result) {
    result
        .firstTokenNanos()
        .ifPresent(nanos ->
            out.printf(
                Locale.ROOT,
                "  %-15s first token after %.1f ms%n",
                result.test().name(),
                nanos / 1e6));
    result
        .weightBytesPerSecond()
        .ifPresent(rate ->
            out.printf(
                Locale.ROOT,
                "  %-15s %.1f GB/s of weights%s%n",
                result.test().name(),
                rate / 1e9,
                share(result)));
  }

  private static String share(Result result) {
    return result.bandwidthShare().isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            ", %.0f %% of what memory gives",
            100 * result.bandwidthShare().getAsDouble());
  }

  private static String kvType(Result result) {
    return result.session().setup().kvType().name().toLowerCase(Locale.ROOT);
  }

  private static String rate(Samples samples) {
    return String.format(
        Locale.ROOT, "%.2f ± %.2f", samples.averageRate(), samples.deviationRate());
  }

  private static String size(long bytes) {
    return bytes < GIB
        ? String.format(Locale.ROOT, "%.2f MiB", bytes / MIB)
        : String.format(Locale.ROOT, "%.2f GiB", bytes / GIB);
  }

  private static String count(long parameters) {
    return parameters < 1_000_000_000
        ? String.format(Locale.ROOT, "%.2f M", parameters / 1e6)
        : String.format(Locale.ROOT, "%.2f B", parameters / 1e9);
  }
}
