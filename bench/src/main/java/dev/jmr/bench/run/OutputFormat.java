package dev.jmr.bench.run;

import java.io.PrintWriter;

/// The forms in which results can be written, as llama-bench's `-o` names them.
public enum OutputFormat {
  MD,
  JSON,
  JSONL,
  CSV;

  /// A writer of this form. It does not close `out`.
  public ResultWriter writer(PrintWriter out, Plan plan) {
    return switch (this) {
      case MD -> new MarkdownResults(out, plan);
      case JSON -> new JsonResults(out, false);
      case JSONL -> new JsonResults(out, true);
      case CSV -> new CsvResults(out);
    };
  }
}
