package dev.jmr.bench.run;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A line per result, every value in quotes, under a line with the names: llama-bench's form.
final class CsvResults implements ResultWriter {
  private final PrintWriter out;
  private boolean headed;

  CsvResults(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin() {}

  @Override
  public void result(Result result) {
    Map<String, Object> fields = ResultFields.of(result);
    if (!headed) {
      out.println(String.join(",", fields.keySet()));
      headed = true;
    }
    out.println(fields.values().stream().map(CsvResults::quoted).collect(Collectors.joining(",")));
    out.flush();
  }

  private static String quoted(Object value) {
    String text =
        switch (value) {
          case Boolean bool -> bool ? "1" : "0";
          case Double number -> String.format(Locale.ROOT, "%f", number);
          default -> value.toString();
        };
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  @Override
  public void end() {
    out.flush();
  }
}
