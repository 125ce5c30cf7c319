package dev.jmr.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.server.http.Json;
import dev.jmr.server.http.TestServer;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class ChatCompletionsTest {
  private static final TestServer SERVER = TestServer.start();
  private static final String PATH = "/engines/v1/chat/completions";
  private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
  private static final String GREEDY = "\"model\":\"tinyq-llama-Q4_K_M\",\"temperature\":0," + HI;

  @AfterAll
  static void close() {
    SERVER.close();
  }

  @Test
  void answersAsOpenAiDoes() throws Exception {
    JsonNode answer = SERVER.json(PATH, "{%s,\"max_tokens\":8}".formatted(GREEDY));
    assertThat(answer.path("id").textValue()).startsWith("chatcmpl-");
    assertThat(answer.path("object").textValue()).isEqualTo("chat.completion");
    assertThat(answer.path("model").textValue()).isEqualTo("tinyq-llama-Q4_K_M");
    assertThat(answer.path("created").longValue()).isPositive();
    JsonNode choice = answer.path("choices").path(0);
    assertThat(choice.path("finish_reason").textValue()).isEqualTo("length");
    assertThat(choice.path("message").path("content").textValue()).isNotEmpty();
    assertThat(choice.path("message").get("refusal").isNull()).isTrue();
    assertThat(choice.get("logprobs").isNull()).isTrue();
    assertThat(answer.path("usage").path("completion_tokens").intValue()).isEqualTo(8);
    assertThat(answer.path("usage").path("total_tokens").intValue())
        .isEqualTo(8 + answer.path("usage").path("prompt_tokens").intValue());
  }

  @Test
  void streamsTheSameTextInChunks() throws Exception {
    String whole =
        SERVER
            .json(PATH, "{%s,\"max_tokens\":12}".formatted(GREEDY))
            .at("/choices/0/message/content")
            .textValue();
    HttpResponse<String> response =
        SERVER.post(
            PATH,
            "{%s,\"max_tokens\":12,\"stream\":true,\"stream_options\":{\"include_usage\":true}}"
                .formatted(GREEDY));
    assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
    List<String> data =
        response.body().lines().filter(line -> !line.isEmpty()).map(l -> l.substring(6)).toList();
    assertThat(data.getLast()).isEqualTo("[DONE]");
    List<JsonNode> chunks = data.subList(0, data.size() - 1).stream().map(Json::read).toList();
    assertThat(chunks.getFirst().at("/choices/0/delta/role").textValue()).isEqualTo("assistant");
    assertThat(chunks.stream().map(chunk -> chunk.path("id").textValue()).distinct()).hasSize(1);
    assertThat(
            chunks.stream()
                .map(chunk -> chunk.at("/choices/0/delta/content").asText(""))
                .collect(Collectors.joining()))
        .isEqualTo(whole);
    JsonNode usage = chunks.getLast();
    assertThat(usage.path("choices")).isEmpty();
    assertThat(usage.at("/usage/completion_tokens").intValue()).isEqualTo(12);
    JsonNode last = chunks.get(chunks.size() - 2);
    assertThat(last.at("/choices/0/finish_reason").textValue()).isEqualTo("length");
    assertThat(last.has("usage")).isFalse();
  }

  @Test
  void streamsCharactersOfSeveralTokensWhole() throws Exception {
    String said = "gr\u00fc\u00dfe \u4e16\u754c \ud83d\ude00";
    List<String> parts =
        SERVER
            .events(
                PATH,
                "{%s,\"max_tokens\":99,\"stream\":true,\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\",\"schema\":{\"const\":\"%s\"}}}}"
                    .formatted(GREEDY, said))
            .stream()
            .filter(data -> !data.equals("[DONE]"))
            .map(data -> Json.read(data).at("/choices/0/delta/content").asText(""))
            .filter(part -> !part.isEmpty())
            .toList();
    assertThat(String.join("", parts)).isEqualTo('"' + said + '"');
    assertThat(parts).hasSizeGreaterThan(4);
    assertThat(parts).noneMatch(part -> Character.isHighSurrogate(part.charAt(part.length() - 1)));
  }

  @Test
  void makesSeveralAnswersThatDiffer() throws Exception {
    JsonNode answer =
        SERVER.json(
            PATH,
            "{\"model\":\"tinyq-llama-Q4_K_M\",\"seed\":7,\"temperature\":1.5,\"n\":3,\"max_tokens\":12,%s}"
                .formatted(HI));
    assertThat(answer.path("choices")).hasSize(3);
    assertThat(
            answer
                .path("choices")
                .valueStream()
                .map(choice -> choice.at("/message/content").textValue())
                .distinct())
        .hasSize(3);
    assertThat(answer.at("/usage/completion_tokens").intValue()).isLessThanOrEqualTo(36);
  }

  @Test
  void tellsLogProbabilities() throws Exception {
    JsonNode answer =
        SERVER.json(
            PATH, "{%s,\"max_tokens\":3,\"logprobs\":true,\"top_logprobs\":2}".formatted(GREEDY));
    JsonNode content = answer.at("/choices/0/logprobs/content");
    assertThat(content).hasSize(3);
    assertThat(content.path(0).path("logprob").doubleValue()).isNegative();
    assertThat(content.path(0).path("top_logprobs")).hasSize(2);
    assertThat(content.path(0).path("top_logprobs").path(0).path("token"))
        .isEqualTo(content.path(0).path("token"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"temperature\":\"hot\"'|temperature|temperature: expected a number from 0 to 100, got \"hot\"",
        "'\"top_p\":2'|top_p|top_p: expected a number from 0 to 1, got 2",
        "'\"n\":0'|n|n: expected a whole number from 1 to 64, got 0",
        "'\"stream\":1'|stream|stream: expected true or false, got 1",
        "'\"max_tokens\":0'|max_tokens|max_tokens: expected at least 1, got 0",
        "'\"stop\":{}'|stop|stop: expected a string or a list of strings, got an object",
        "'\"top_logprobs\":2'|top_logprobs|top_logprobs: expected 'logprobs' to be true beside it, got false",
        "'\"logit_bias\":{\"x\":1}'|logit_bias|logit_bias: expected token ids as names, got 'x'",
        "'\"messages\":[]'|messages|messages: expected at least one, got none",
        "'\"messages\":[{\"role\":\"king\",\"content\":\"x\"}]'|messages[0].role|messages[0].role: expected system, developer, user, assistant or tool, got 'king'",
        "'\"messages\":[{\"role\":\"user\"}]'|messages[0].content|messages[0].content: expected a value, got none",
        "'\"tools\":[{\"type\":\"custom\"}]'|tools[0].type|tools[0].type: expected function, got 'custom'"
      })
  void namesTheFieldThatIsWrong(String field, String param, String message) throws Exception {
    HttpResponse<String> response =
        SERVER.post(PATH, "{\"model\":\"tiny-llama3-bpe\",%s,%s}".formatted(HI, field));
    JsonNode error = Json.read(response.body()).path("error");
    assertThat(error.path("message").textValue()).isEqualTo(message);
    assertThat(error.path("param").textValue()).isEqualTo(param);
    assertThat(response.statusCode()).isEqualTo(400);
  }

  @Test
  void acceptsWhatClientsReallySend() throws Exception {
    HttpResponse<String> response =
        SERVER.post(
            PATH,
            """
            {"model":"tiny-llama3-bpe","max_completion_tokens":2,"user":"u","store":true,"metadata":{"a":"b"},
             "nonsense":[1],"functions":[],"function_call":"none","top_k":-1,"stop":["",null],"tool_choice":null,
             "messages":[
              {"role":"developer","content":[{"type":"text","text":"be","cache_control":{}},{"type":"text","text":" kind"}]},
              {"role":"system","content":"and brief"},
              {"role":"user","content":"hi"},
              {"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},
              {"role":"tool","tool_call_id":"c","content":[{"type":"text","text":"42"}]}],
             "tools":[{"type":"function","function":{"name":"f"}}]}
            """);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  @Test
  void refusesWhatWouldNotFitTheContextBeforeItStreams() throws Exception {
    HttpResponse<String> response =
        SERVER.post(
            PATH,
            "{\"model\":\"tiny-llama3-bpe\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                .formatted("word ".repeat(20_000)));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"code\":\"context_length_exceeded\"");
  }

  @Test
  void namesTheModelsThereAreWhenOneIsUnknown() throws Exception {
    HttpResponse<String> response = SERVER.post(PATH, "{\"model\":\"x\",%s}".formatted(HI));
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(Json.read(response.body()).at("/error/code").textValue())
        .isEqualTo("model_not_found");
    assertThat(SERVER.post(PATH, "{%s}".formatted(HI)).statusCode()).isEqualTo(400);
  }

  @Test
  void refusesAnEmbeddingModel() throws Exception {
    HttpResponse<String> response =
        SERVER.post(PATH, "{\"model\":\"tiny-bert-mean\",%s}".formatted(HI));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("expected a model that generates text");
  }

  @Test
  void onlyLoadsWhenToldSo() throws Exception {
    HttpResponse<String> response =
        SERVER.send(
            SERVER
                .request(PATH)
                .header("X-Preload-Only", "true")
                .POST(
                    java.net.http.HttpRequest.BodyPublishers.ofString(
                        "{\"model\":\"tiny-llama3-bpe\"}")));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void freesWhatAClientLeft() throws Exception {
    try (var socket =
        new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), SERVER.port())) {
      String body = "{%s,\"stream\":true,\"ignore_eos\":true}".formatted(GREEDY);
      socket
          .getOutputStream()
          .write(
              "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s"
                  .formatted(PATH, body.length(), body)
                  .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      socket.setSoTimeout(10_000);
      assertThat(socket.getInputStream().read()).isPositive();
    }
    while (SERVER.models().loaded().stream().anyMatch(model -> model.leases() > 0)) {
      Thread.onSpinWait();
    }
  }
}
