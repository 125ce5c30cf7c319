package dev.jmr.server.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.runtime.StopConditions;
import dev.jmr.server.http.ApiException;
import dev.jmr.server.http.Fields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What ends an answer: `stop`, `stop_token_ids`, `include_stop_str_in_output`.
final class StopFields {
  private StopFields() {}

  /// @throws ApiException 400 if a value makes no sense
  static StopConditions read(Fields fields) {
    Set<Integer> tokens = new HashSet<>();
    for (JsonNode id :
        fields.list("stop_token_ids", StopConditions.MAX_STRINGS).orElse(List.of())) {
      fields.require(
          id.canConvertToInt() && id.isIntegralNumber() && id.intValue() >= 0,
          "stop_token_ids",
          "token ids from 0 on",
          id);
      tokens.add(id.intValue());
    }
    return new StopConditions(
        strings(fields), tokens, fields.bool("include_stop_str_in_output", false));
  }

  /// A string or a list of them; empty ones and nulls, as some clients send them, end nothing.
  private static List<String> strings(Fields fields) {
    Optional<JsonNode> stop = fields.value("stop");
    List<String> strings = new ArrayList<>();
    if (stop.isPresent()) {
      JsonNode value = stop.get();
      fields.require(
          value.isTextual() || value.isArray(), "stop", "a string or a list of strings", value);
      for (JsonNode string : value.isArray() ? value : List.of(value)) {
        fields.require(string.isTextual() || string.isNull(), "stop", "strings", string);
        if (!string.asText("").isEmpty()) {
          strings.add(string.textValue());
        }
      }
    }
    return strings;
  }
}
