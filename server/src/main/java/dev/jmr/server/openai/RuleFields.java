package dev.jmr.server.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.runtime.AnswerFormat;
import dev.jmr.runtime.AnswerRules;
import dev.jmr.runtime.Reasoning;
import dev.jmr.server.http.ApiException;
import dev.jmr.server.http.Fields;
import dev.jmr.server.http.Json;
import dev.jmr.server.manager.ModelSettings;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What an answer must keep to: `response_format`, `tool_choice`, `parallel_tool_calls`, `reasoning_effort`, and the fields
/// of llama.cpp and vLLM that say the same.
final class RuleFields {
  private static final int MAX_CHOICES = 10_000;

  private RuleFields() {}

  /// @param settings of the model, for what the request does not say
  /// @throws ApiException 400 if a value makes no sense
  static AnswerRules read(Fields fields, ModelSettings settings) {
    return new AnswerRules(
        format(fields),
        ToolChoiceFields.read(fields),
        fields.bool("parallel_tool_calls", true),
        reasoning(fields, settings));
  }

  /// The first that is there, as more than one makes no sense.
  static AnswerFormat format(Fields fields) {
    return responseFormat(fields)
        .or(() -> fields.string("grammar").filter(s -> !s.isEmpty()).map(AnswerFormat.Grammar::new))
        .or(() -> fields.value("json_schema").map(RuleFields::schema))
        .or(() -> guided(fields, "guided_"))
        .or(() -> fields.object("structured_outputs").flatMap(o -> guided(o, "")))
        .orElse(AnswerFormat.FREE);
  }

  private static Optional<AnswerFormat> responseFormat(Fields fields) {
    return fields.object("response_format").map(RuleFields::typed);
  }

  private static AnswerFormat typed(Fields format) {
    String type = format.requiredString("type");
    return switch (type) {
      case "text" -> AnswerFormat.FREE;
      case "json_object" ->
          format
              .value("schema")
              .<AnswerFormat>map(RuleFields::schema)
              .orElseGet(AnswerFormat.JsonObject::new);
      case "json_schema" ->
          format
              .object("json_schema")
              .flatMap(o -> o.value("schema"))
              .or(() -> format.value("schema"))
              .map(RuleFields::schema)
              .orElseThrow(() -> format.missing("json_schema.schema"));
      default ->
          throw ApiException.invalid(
              "response_format.type",
              "response_format.type: expected text, json_object or json_schema, got '%s'"
                  .formatted(type));
    };
  }

  /// vLLM's.
  private static Optional<AnswerFormat> guided(Fields fields, String prefix) {
    return fields
        .value(prefix + "json")
        .<AnswerFormat>map(RuleFields::schema)
        .or(() -> fields.string(prefix + "regex").map(AnswerFormat.Regex::new))
        .or(() -> fields.string(prefix + "grammar").map(AnswerFormat.Grammar::new))
        .or(() ->
            fields
                .list(prefix + "choice", MAX_CHOICES)
                .map(
                    list -> new AnswerFormat.Choice(list.stream().map(JsonNode::asText).toList())));
  }

  private static AnswerFormat schema(JsonNode schema) {
    return new AnswerFormat.Schema(
        schema.isTextual()
            ? schema.textValue()
            : new String(Json.bytes(schema), StandardCharsets.UTF_8));
  }

  private static Reasoning reasoning(Fields fields, ModelSettings settings) {
    Reasoning asked =
        fields
            .string("reasoning_effort")
            .or(() -> fields.object("reasoning").flatMap(o -> o.string("effort")))
            .or(() -> fields.value("think").map(RuleFields::word))
            .map(Reasoning::parse)
            .orElse(Reasoning.DEFAULT);
    int budget =
        fields
            .integer("reasoning_budget", -1, Integer.MAX_VALUE)
            .orElse(settings.reasoningBudget().orElse(-1));
    return budget < 0 ? asked : asked.withBudget(budget);
  }

  /// Ollama's: true, false, or an effort.
  private static String word(JsonNode think) {
    return think.isBoolean() ? think.booleanValue() ? "on" : "off" : think.asText();
  }
}
