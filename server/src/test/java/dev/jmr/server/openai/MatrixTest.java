package dev.jmr.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.server.http.Json;
import dev.jmr.server.http.TestServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What official clients rely on, beyond what their own tests here show.
@Timeout(60)
final class MatrixTest {
  private static final TestServer SERVER = TestServer.start();
  private static final String PATH = "/v1/chat/completions";
  private static final String HEAD =
      "\"model\":\"tinyq-llama-Q4_K_M\",\"temperature\":0,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
  private static final String TOOLS =
      "\"parallel_tool_calls\":false,\"max_tokens\":200,\"tools\":[%s,%s]"
          .formatted(tool("sun"), tool("rain"));

  @AfterAll
  static void close() {
    SERVER.close();
  }

  private static String tool(String name) {
    return "{\"type\":\"function\",\"function\":{\"name\":\"%s\",\"parameters\":{\"type\":\"object\",\"properties\":{\"hot\":{\"type\":\"boolean\"}},\"required\":[\"hot\"],\"additionalProperties\":false}}}"
        .formatted(name);
  }

  private static List<JsonNode> chunks(String fields) throws Exception {
    List<String> events = SERVER.events(PATH, "{%s,\"stream\":true,%s}".formatted(HEAD, fields));
    assertThat(events.getLast()).isEqualTo("[DONE]");
    return events.subList(0, events.size() - 1).stream().map(Json::read).toList();
  }

  @Test
  void callsOnlyToolsThatAreAllowed() throws Exception {
    String choice =
        "\"tool_choice\":{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"required\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"rain\"}}]}}";
    JsonNode answer = SERVER.json(PATH, "{%s,%s,%s}".formatted(HEAD, TOOLS, choice));
    assertThat(answer.at("/choices/0/finish_reason").textValue()).isEqualTo("tool_calls");
    assertThat(answer.at("/choices/0/message").get("content").isNull()).isTrue();
    assertThat(answer.at("/choices/0/message/tool_calls/0/function/name").textValue())
        .isEqualTo("rain");
    assertThat(answer.at("/choices/0/message/tool_calls/0/function/arguments").isTextual())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"required\"}}",
        "{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"king\",\"tools\":[]}}",
        "{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"required\",\"tools\":[]}}",
        "{\"type\":\"custom\",\"custom\":{\"name\":\"sun\"}}",
        "{\"type\":\"function\",\"function\":{\"name\":\"snow\"}}",
        "{\"type\":\"function\"}",
        "7"
      })
  void refusesChoicesOfToolsThatMakeNoSense(String choice) throws Exception {
    HttpResponse<String> response =
        SERVER.post(PATH, "{%s,%s,\"tool_choice\":%s}".formatted(HEAD, TOOLS, choice));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
  }

  @Test
  void namesAToolOnlyInTheFirstDeltaOfItsCall() throws Exception {
    List<JsonNode> calls =
        chunks(TOOLS + ",\"tool_choice\":\"required\"").stream()
            .map(chunk -> chunk.at("/choices/0/delta/tool_calls/0"))
            .filter(JsonNode::isObject)
            .toList();
    assertThat(calls).hasSizeGreaterThan(1).allMatch(call -> call.has("function"));
    assertThat(calls.getFirst().path("id").textValue()).isNotBlank();
    assertThat(calls.getFirst().path("type").textValue()).isEqualTo("function");
    assertThat(calls.subList(1, calls.size()))
        .noneMatch(call -> call.has("id") || call.path("function").has("name"));
  }

  @Test
  void endsEachOfSeveralChoicesOnceAndBeginsNoneLate() throws Exception {
    List<JsonNode> chunks = chunks("\"n\":3,\"seed\":1,\"temperature\":1.5,\"max_tokens\":8");
    List<Integer> begun = new ArrayList<>();
    List<Integer> ended = new ArrayList<>();
    for (JsonNode chunk : chunks) {
      JsonNode choice = chunk.at("/choices/0");
      int index = choice.path("index").intValue();
      assertThat(ended).doesNotContain(index);
      if (choice.path("delta").has("role")) {
        assertThat(ended).isEmpty();
        begun.add(index);
      }
      assertThat(begun).contains(index);
      if (!choice.get("finish_reason").isNull()) {
        ended.add(index);
      }
    }
    assertThat(ended).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void tellsTimingsWithTheLastChunk() throws Exception {
    JsonNode last = chunks("\"max_tokens\":3").getLast();
    assertThat(last.at("/timings/predicted_n").intValue()).isEqualTo(3);
    assertThat(last.has("usage")).isFalse();
    List<JsonNode> counted = chunks("\"max_tokens\":3,\"stream_options\":{\"include_usage\":true}");
    assertThat(counted.getLast().at("/timings/predicted_n").intValue()).isEqualTo(3);
    assertThat(counted.stream().filter(chunk -> chunk.has("timings"))).hasSize(1);
  }

  @Test
  void writesOnlyNumbersThatJsonHas() throws Exception {
    HttpResponse<String> response =
        SERVER.post(
            PATH,
            "{%s,\"logprobs\":true,\"top_logprobs\":20,\"guided_choice\":[\"a\",\"b\"],\"logit_bias\":{\"4\":-100,\"5\":-100}}"
                .formatted(HEAD));
    JsonNode content = Json.read(response.body()).at("/choices/0/logprobs/content");
    assertThat(content).isNotEmpty();
    Stream<JsonNode> tops =
        content.valueStream().flatMap(token -> token.path("top_logprobs").valueStream());
    assertThat(Stream.concat(content.valueStream(), tops))
        .allMatch(token -> token.path("logprob").isNumber());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/chat/completions|400|'\"functions\":[{\"name\":\"f\"}],\"tools\":[]'|functions",
        "/v1/chat/completions|400|'\"modalities\":[\"text\",\"audio\"]'|modalities",
        "/v1/chat/completions|400|'\"stream_options\":true'|stream_options",
        "/v1/chat/completions|400|'\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\"}}'|response_format.json_schema.schema",
        "/v1/chat/completions|400|'\"seed\":1.5'|seed",
        "/v1/completions|400|'\"prompt\":\"a\",\"suffix\":\"b\"'|suffix",
        "/v1/completions|400|'\"prompt\":\"a\",\"logprobs\":6'|logprobs",
        "/v1/completions|400|'\"max_tokens\":1'|prompt",
        "/v1/embeddings|400|'\"input\":\"a\",\"encoding_format\":\"hex\"'|encoding_format",
        "/v1/embeddings|400|'\"input\":[1,-2]'|input[1]"
      })
  void refusesWhatNoOtherAttemptWouldMend(String path, int status, String fields, String param)
      throws Exception {
    HttpResponse<String> response = SERVER.post(path, "{%s,%s}".formatted(HEAD, fields));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(Json.read(response.body()).at("/error/param").textValue()).isEqualTo(param);
  }

  @Test
  void saysThatAModelReadsNoPictures() throws Exception {
    HttpResponse<String> response =
        SERVER.post(
            PATH,
            "{\"model\":\"tiny-llama3-bpe\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"see\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:,\"}}]}]}");
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(Json.read(response.body()).at("/error/param").textValue())
        .isEqualTo("messages[0].content[1].type");
  }

  @ParameterizedTest
  @CsvSource({"completions,prompt,tinyq-llama-Q4_K_M", "embeddings,input,tiny-bert-mean"})
  void saysThatATextIsLongerThanTheContext(String route, String field, String model)
      throws Exception {
    HttpResponse<String> response =
        SERVER.post(
            "/v1/" + route,
            "{\"model\":\"%s\",\"%s\":\"%s\"}".formatted(model, field, "word ".repeat(9000)));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(Json.read(response.body()).at("/error/code").textValue())
        .isEqualTo("context_length_exceeded");
  }

  @Test
  void readsOneDocumentAsItIs() throws Exception {
    HttpResponse<String> two = SERVER.post(PATH, "{%s} {}".formatted(HEAD));
    assertThat(two.statusCode()).isEqualTo(400);
    assertThat(two.body()).contains("\"code\":\"invalid_json\"");
    HttpResponse<String> packed =
        SERVER.send(
            SERVER
                .request(PATH)
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofString("{%s}".formatted(HEAD))));
    assertThat(packed.statusCode()).as(packed.body()).isEqualTo(400);
    assertThat(Json.read(packed.body()).at("/error/message").textValue())
        .contains("no content encoding");
  }
}
