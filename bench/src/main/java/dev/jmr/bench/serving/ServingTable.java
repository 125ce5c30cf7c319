package dev.jmr.bench.serving;

import java.io.PrintWriter;
import java.util.Locale;

/// A line per number of clients, in columns.
final class ServingTable implements ServingWriter {
  private final PrintWriter out;

  ServingTable(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin(ServingPlan plan, String description, ServedAnswer first) {
    out.printf(
        Locale.ROOT,
        "%s: %d tokens of prompt, %d s each; seconds at p50/p90/p99%n",
        description,
        first.promptTokens(),
        plan.duration().toSeconds());
    line("CONCURRENCY", "REQUESTS", "FAILED", "REQ/S", "TOKENS/S", "FIRST TOKEN", "ANSWER");
    out.flush();
  }

  private void line(Object... cells) {
    out.println(
        String.format(Locale.ROOT, "%-11s   %-8s   %-6s   %-6s   %-8s   %-20s   %s", cells)
            .stripTrailing());
  }

  @Override
  public void result(ServingResult result) {
    line(
        result.concurrency(),
        result.answers().size(),
        result.failed(),
        String.format(Locale.ROOT, "%.2f", result.requestsPerSecond()),
        String.format(Locale.ROOT, "%.1f", result.tokensPerSecond()),
        text(result.first()),
        text(result.whole()));
    out.flush();
  }

  private static String text(Percentiles seconds) {
    return Double.isNaN(seconds.p50())
        ? "-"
        : String.format(Locale.ROOT, "%.2f/%.2f/%.2f", seconds.p50(), seconds.p90(), seconds.p99());
  }

  @Override
  public void end() {
    out.flush();
  }
}
