package dev.jmr.bench.compare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.jmr.bench.BenchException;
import dev.jmr.bench.run.TestCase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads what llama-bench prints with `-o json` or `-o jsonl`: objects, in an array or not. Of each only the fields that
/// name the test and its rate; everything else may be missing or there.
final class LlamaBenchJson {
  private static final int MAX_RESULTS = 10_000;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(50).build())
          .build();

  private LlamaBenchJson() {}

  /// The results in `text`, in its order; at least one.
  ///
  /// @throws BenchException telling what is there instead
  static List<Measured> read(String text) {
    List<Measured> results = new ArrayList<>();
    try (JsonParser json = FACTORY.createParser(text)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.START_OBJECT && results.size() < MAX_RESULTS) {
          results.add(result(fields(json)));
        } else if (token != JsonToken.START_ARRAY && token != JsonToken.END_ARRAY) {
          throw unexpected(text);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw unexpected(text);
    }
    if (results.isEmpty()) {
      throw unexpected(text);
    }
    return results;
  }

  private static Map<String, String> fields(JsonParser json) throws IOException {
    Map<String, String> fields = new HashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      if (json.nextToken().isScalarValue()) {
        fields.put(name, json.getText());
      } else {
        json.skipChildren();
      }
    }
    return fields;
  }

  /// @throws IllegalArgumentException if a number is missing or is none
  private static Measured result(Map<String, String> fields) {
    double rate = Double.parseDouble(fields.getOrDefault("avg_ts", "missing"));
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException("avg_ts");
    }
    return new Measured(
        new TestCase(number(fields, "n_prompt"), number(fields, "n_gen"), depth(fields)),
        rate,
        "%s %s"
            .formatted(fields.getOrDefault("build_commit", ""), fields.getOrDefault("backends", ""))
            .strip(),
        fields.getOrDefault("model_type", ""),
        fields.containsKey("n_threads") ? number(fields, "n_threads") : 0);
  }

  private static int depth(Map<String, String> fields) {
    return fields.containsKey("n_depth") ? number(fields, "n_depth") : 0;
  }

  private static int number(Map<String, String> fields, String name) {
    return Integer.parseInt(fields.getOrDefault(name, "missing"));
  }

  private static BenchException unexpected(String text) {
    String start = text.strip().lines().findFirst().orElse("nothing");
    return new BenchException(
        "expected llama-bench's JSON with n_prompt, n_gen and avg_ts, got: "
            + start.substring(0, Math.min(200, start.length())));
  }
}
