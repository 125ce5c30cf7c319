package dev.jmr.server.llamaserver;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.runtime.AnswerFormat;
import dev.jmr.runtime.RequestException;
import java.util.stream.Collectors;

/// What the text of an answer must be, as `llama-server` reads it: a schema, or a grammar.
final class FormatJson {
  private FormatJson() {}

  /// @throws RequestException if the server cannot hold an answer to it
  static void add(ObjectNode body, AnswerFormat format) {
    switch (format) {
      case AnswerFormat.Text _ -> {
        // Anything goes.
      }
      case AnswerFormat.JsonObject _ -> body.putObject("json_schema").put("type", "object");
      case AnswerFormat.Schema(String schema) -> body.set("json_schema", schema(schema));
      case AnswerFormat.Grammar(String gbnf) -> body.put("grammar", gbnf);
      case AnswerFormat.Choice choice ->
          body.put(
              "grammar",
              "root ::= "
                  + choice.texts().stream()
                      .map(FormatJson::literal)
                      .collect(Collectors.joining(" | ")));
      case AnswerFormat.Regex(String pattern) ->
          throw new RequestException(
              "regex: expected a grammar or a schema, which is what llama-server knows, got '%s'"
                  .formatted(pattern));
    }
  }

  private static JsonNode schema(String text) {
    try {
      return RequestJson.mapper().readTree(text);
    } catch (JacksonException e) {
      throw new RequestException("json_schema: expected JSON, got " + e.getOriginalMessage(), e);
    }
  }

  /// A text in the grammar's notation.
  private static String literal(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.chars()
        .forEach(c -> {
          switch (c) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            default -> quoted.append((char) c);
          }
        });
    return quoted.append('"').toString();
  }
}
