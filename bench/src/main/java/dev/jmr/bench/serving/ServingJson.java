package dev.jmr.bench.serving;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// One object with the fields of `docker model bench --json`, whose times are nanoseconds, and ours behind them, in seconds.
final class ServingJson implements ServingWriter {
  private final PrintWriter out;
  private final List<ServingResult> results = new ArrayList<>();
  private String model = "";
  private String prompt = "";

  ServingJson(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin(ServingPlan plan, String description, ServedAnswer first) {
    model = plan.model();
    prompt = plan.prompt();
  }

  @Override
  public void result(ServingResult result) {
    results.add(result);
  }

  @Override
  public void end() {
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      DefaultIndenter indenter = new DefaultIndenter("    ", "\n");
      json.setPrettyPrinter(
          new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
      json.writeStartObject();
      json.writeStringField("model", model);
      json.writeStringField("prompt", prompt);
      json.writeArrayFieldStart("results");
      for (ServingResult result : results) {
        write(json, result);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println();
    out.flush();
  }

  private static void write(JsonGenerator json, ServingResult result) throws IOException {
    json.writeStartObject();
    json.writeNumberField("Concurrency", result.concurrency());
    json.writeNumberField("MeanRPS", result.requestsPerSecond());
    json.writeNumberField("TotalTokens", result.tokens());
    json.writeNumberField("TPS", result.tokensPerSecond());
    json.writeNumberField("TotalTime", result.nanos());
    json.writeNumberField("Requests", result.answers().size());
    int[] counts = result.answers().stream().mapToInt(ServedAnswer::tokens).toArray();
    json.writeFieldName("TokenCounts");
    json.writeArray(counts, 0, counts.length);
    json.writeNumberField("Failed", result.failed());
    write(json, "FirstTokenSeconds", result.first());
    write(json, "AnswerSeconds", result.whole());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, Percentiles seconds)
      throws IOException {
    if (Double.isNaN(seconds.p50())) {
      json.writeNullField(name);
      return;
    }
    json.writeObjectFieldStart(name);
    json.writeNumberField("p50", seconds.p50());
    json.writeNumberField("p90", seconds.p90());
    json.writeNumberField("p99", seconds.p99());
    json.writeEndObject();
  }
}
