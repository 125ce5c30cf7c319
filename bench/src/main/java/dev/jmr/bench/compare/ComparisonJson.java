package dev.jmr.bench.compare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// An array with an object per test: what both reached in each pair, and what the table says about it.
final class ComparisonJson implements ComparisonWriter {
  private final PrintWriter out;
  private final List<Pairs> all = new ArrayList<>();

  ComparisonJson(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin() {}

  @Override
  public void pairs(Pairs pairs) {
    all.add(pairs);
  }

  @Override
  public void end() {
    try (JsonGenerator json =
        new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartArray();
      for (Pairs pairs : all) {
        write(json, pairs);
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println();
    out.flush();
  }

  private static void write(JsonGenerator json, Pairs pairs) throws IOException {
    json.writeStartObject();
    json.writeStringField("test", pairs.test().name());
    json.writeNumberField("n_prompt", pairs.test().prompt());
    json.writeNumberField("n_gen", pairs.test().generation());
    json.writeNumberField("n_depth", pairs.test().depth());
    side(json, "ours", pairs.ours(), pairs.ourMedian());
    side(json, "theirs", pairs.theirs(), pairs.theirMedian());
    rates(json, "ratios", pairs.ratios());
    json.writeNumberField("ratio_min", pairs.smallestRatio());
    json.writeNumberField("ratio_median", pairs.medianRatio());
    json.writeNumberField("ratio_max", pairs.largestRatio());
    json.writeNumberField("ratio_spread", pairs.spread());
    json.writeEndObject();
  }

  private static void side(JsonGenerator json, String name, List<Measured> runs, double median)
      throws IOException {
    Measured first = runs.getFirst();
    json.writeObjectFieldStart(name);
    json.writeStringField("engine", first.engine());
    json.writeStringField("model_type", first.model());
    json.writeNumberField("n_threads", first.threads());
    json.writeNumberField("median_ts", median);
    rates(json, "samples_ts", runs.stream().map(Measured::rate).toList());
    json.writeEndObject();
  }

  private static void rates(JsonGenerator json, String name, List<Double> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (double value : values) {
      json.writeNumber(value);
    }
    json.writeEndArray();
  }
}
