package dev.jmr.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.jmr.model.evaluation.PerplexityEstimate;
import dev.jmr.model.evaluation.PerplexityOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a measurement of perplexity tells while it goes on and at its end, with llama-perplexity's words on the output:
/// `[1]4.1234,[2]4.5678,` and `Final estimate: PPL = 5.1234 +/- 0.01234`. What it computes on and how long it will take
/// go to the error output.
final class PerplexityReport {
  /// What is measured, and how.
  ///
  /// @param tokens in the text
  /// @param chunks that will be scored
  record Subject(
      String model,
      String file,
      String text,
      int tokens,
      int chunks,
      PerplexityOptions options,
      String backend) {}

  private static final double NANOS = 1e9;

  private final Streams streams;
  private final boolean asJson;
  private final Subject subject;
  private final List<Double> estimates = new ArrayList<>();
  private long startNanos;

  PerplexityReport(Streams streams, boolean asJson, Subject subject) {
    this.streams = streams;
    this.asJson = asJson;
    this.subject = subject;
  }

  /// @param now a reading of [System#nanoTime], here and below
  void start(long now) {
    startNanos = now;
    streams.note(
        "%d tokens, %d chunks of %d; %s"
            .formatted(
                subject.tokens(),
                subject.chunks(),
                subject.options().contextLength(),
                subject.backend()));
  }

  /// Tells of one more chunk.
  void chunk(PerplexityEstimate estimate, long now) {
    double seconds = (now - startNanos) / NANOS;
    if (estimate.chunks() == 1) {
      streams.note(
          String.format(
              Locale.ROOT,
              "%.2f seconds for the first chunk, about %.2f minutes for all",
              seconds,
              seconds * subject.chunks() / 60));
    }
    estimates.add(estimate.perplexity());
    if (!asJson) {
      streams.print(
          String.format(Locale.ROOT, "[%d]%.4f,", estimate.chunks(), estimate.perplexity()));
    } else if (streams.terminals().err()) {
      streams.printError(Style.CLEAR_LINE + Style.grey(progress(estimate, seconds)));
    }
  }

  private String progress(PerplexityEstimate estimate, double seconds) {
    int left = subject.chunks() - estimate.chunks();
    return String.format(
        Locale.ROOT,
        "chunk %d of %d: PPL %.4f, %.1f minutes left",
        estimate.chunks(),
        subject.chunks(),
        estimate.perplexity(),
        seconds / estimate.chunks() * left / 60);
  }

  /// Tells the result.
  void finish(PerplexityEstimate estimate, long now) {
    if (asJson) {
      if (streams.terminals().err()) {
        streams.printError(Style.CLEAR_LINE);
      }
      Json.print(streams, json -> write(json, estimate, (now - startNanos) / NANOS));
    } else {
      streams.print(
          String.format(
              Locale.ROOT,
              "%nFinal estimate: PPL = %.4f +/- %.5f%n",
              estimate.perplexity(),
              estimate.uncertainty()));
    }
  }

  private void write(JsonGenerator json, PerplexityEstimate estimate, double seconds)
      throws IOException {
    PerplexityOptions options = subject.options();
    json.writeStartObject();
    json.writeStringField("model", subject.model());
    json.writeStringField("file", subject.file());
    json.writeStringField("text", subject.text());
    json.writeStringField("backend", subject.backend());
    json.writeNumberField("contextLength", options.contextLength());
    json.writeNumberField("stride", options.stride());
    json.writeNumberField("batchTokens", options.batchTokens());
    json.writeStringField("cacheType", options.kvType().name());
    json.writeNumberField("tokens", subject.tokens());
    json.writeNumberField("scoredTokens", estimate.tokens());
    json.writeNumberField("perplexity", estimate.perplexity());
    json.writeNumberField("uncertainty", estimate.uncertainty());
    json.writeNumberField("meanLoss", estimate.meanLoss());
    json.writeNumberField("seconds", seconds);
    json.writeArrayFieldStart("estimates");
    for (double each : estimates) {
      json.writeNumber(each);
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
