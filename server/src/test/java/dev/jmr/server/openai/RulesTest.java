package dev.jmr.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.server.http.Json;
import dev.jmr.server.http.TestServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A model of random weights that is held to what it is asked for.
@Timeout(60)
final class RulesTest {
  private static final TestServer SERVER = TestServer.start();
  private static final String PATH = "/v1/chat/completions";
  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"yes\":{\"type\":\"boolean\"}},\"required\":[\"yes\"],\"additionalProperties\":false}";

  @AfterAll
  static void close() {
    SERVER.close();
  }

  private static String body(String fields) {
    return "{\"model\":\"tinyq-llama-Q4_K_M\",\"seed\":1,\"max_tokens\":200,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],%s}"
        .formatted(fields.replace("$SCHEMA", SCHEMA));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\",\"strict\":true,\"schema\":$SCHEMA}}",
        "\"response_format\":{\"type\":\"json_schema\",\"schema\":$SCHEMA}",
        "\"response_format\":{\"type\":\"json_object\",\"schema\":$SCHEMA}",
        "\"json_schema\":$SCHEMA",
        "\"guided_json\":$SCHEMA",
        "\"structured_outputs\":{\"json\":$SCHEMA}"
      })
  void answersBySchemaInAllSpellings(String format) throws Exception {
    JsonNode answer = SERVER.json(PATH, body(format));
    JsonNode content = Json.read(answer.at("/choices/0/message/content").textValue());
    assertThat(content.path("yes").isBoolean()).isTrue();
    assertThat(content).hasSize(1);
  }

  @Test
  void answersByChoice() throws Exception {
    JsonNode answer = SERVER.json(PATH, body("\"guided_choice\":[\"red\",\"blue\"]"));
    assertThat(answer.at("/choices/0/message/content").textValue()).isIn("red", "blue");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"response_format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"king\"}}",
        "\"response_format\":{\"type\":\"json_schema\"}",
        "\"response_format\":{\"type\":\"xml\"}",
        "\"grammar\":\"root ::= \\\"open\"",
        "\"tool_choice\":\"sometimes\"",
        "\"reasoning_effort\":\"heroic\""
      })
  void refusesRulesThatCannotBeKept(String rule) throws Exception {
    HttpResponse<String> response = SERVER.post(PATH, body(rule));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(response.body()).contains("invalid_request_error");
  }
}
