package dev.jmr.bench.tune;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.jmr.runtime.tuning.TuningEntry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a tuning found, for people and for programs.
///
/// @param entry what was found, and for what
/// @param outcome with what was not changed, and what it brought
/// @param written the file that keeps it; empty = none does
record TuneReport(TuningEntry entry, Descent.Outcome outcome, Optional<Path> written) {
  void markdown(PrintWriter out) {
    out.println(row("setting", "default", "chosen", "gain"));
    out.println("| --------------- | -------: | -------: | -------: |");
    for (Descent.Choice choice : outcome.choices()) {
      out.println(
          row(
              choice.tunable().name(),
              "" + choice.tunable().standard(),
              "" + choice.value(),
              choice.changed() ? percent(choice.gain()) : "-"));
    }
    out.println();
    if (outcome.gains().isEmpty()) {
      out.println("nothing is faster than the default settings by more than noise");
    }
    outcome
        .gains()
        .forEach((trial, ratio) -> out.printf("%s: %s%n", trial.name(), percent(ratio - 1)));
    out.printf("for %s%n", entry.key());
    out.println(written.map(path -> "written to " + path).orElse("not written (--dry-run)"));
  }

  private static String row(String setting, String standard, String chosen, String gain) {
    return String.format("| %-15s | %8s | %8s | %8s |", setting, standard, chosen, gain);
  }

  private static String percent(double part) {
    return String.format(Locale.ROOT, "%+.1f %%", 100 * part);
  }

  void json(PrintWriter out) {
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      writeKey(json);
      json.writeArrayFieldStart("settings");
      for (Descent.Choice choice : outcome.choices()) {
        json.writeStartObject();
        json.writeStringField("name", choice.tunable().name());
        json.writeNumberField("default", choice.tunable().standard());
        json.writeNumberField("chosen", choice.value());
        json.writeNumberField("gain", choice.gain());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeObjectFieldStart("ratios");
      for (Map.Entry<Trial, Double> gain : outcome.gains().entrySet()) {
        json.writeNumberField(gain.getKey().name(), gain.getValue());
      }
      json.writeEndObject();
      json.writeStringField("written", written.map(Path::toString).orElse(""));
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println();
  }

  private void writeKey(JsonGenerator json) throws IOException {
    json.writeStringField("cpu", entry.key().machine().cpu());
    json.writeNumberField("cores", entry.key().machine().cores());
    json.writeStringField("backend", entry.key().backend());
    json.writeStringField("device", entry.key().device());
    json.writeStringField("weights", entry.key().weights());
    json.writeStringField("size", entry.key().size());
    json.writeStringField("jmr", entry.version());
    json.writeStringField("date", entry.date());
  }
}
