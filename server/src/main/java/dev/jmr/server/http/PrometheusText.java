package dev.jmr.server.http;

import dev.jmr.runtime.Latencies;
import java.util.Map;

/// Prometheus' text format, version 0.0.4. For one thread.
final class PrometheusText {
  static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder();

  /// What comes next, whose samples follow.
  ///
  /// @param type `counter`, `gauge` or `histogram`
  void family(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  void comment(String comment) {
    text.append("# ").append(comment).append('\n');
  }

  void sample(String name, Map<String, String> labels, Number value) {
    text.append(name);
    if (!labels.isEmpty()) {
      text.append('{');
      String separator = "";
      for (Map.Entry<String, String> label : labels.entrySet()) {
        text.append(separator).append(label.getKey()).append("=\"");
        text.append(escaped(label.getValue())).append('"');
        separator = ",";
      }
      text.append('}');
    }
    text.append(' ').append(number(value.doubleValue())).append('\n');
  }

  /// The samples of a histogram.
  void histogram(String name, Map<String, String> labels, Latencies latencies) {
    long sum = 0;
    for (int i = 0; i < latencies.bounds().size(); i++) {
      sum += latencies.counts().get(i);
      bucket(name, labels, number(latencies.bounds().get(i)), sum);
    }
    long count = latencies.count();
    bucket(name, labels, "+Inf", count);
    sample(name + "_sum", labels, latencies.sumSeconds());
    sample(name + "_count", labels, count);
  }

  private void bucket(String name, Map<String, String> labels, String bound, long count) {
    Map<String, String> all = new java.util.LinkedHashMap<>(labels);
    all.put("le", bound);
    sample(name + "_bucket", all, count);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
