package dev.jmr.server.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.server.http.Json;
import dev.jmr.server.http.TestServer;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class OtherRoutesTest {
  private static final TestServer SERVER = TestServer.start();

  @AfterAll
  static void close() {
    SERVER.close();
  }

  @Test
  void continuesTextsAndTokens() throws Exception {
    JsonNode answer =
        SERVER.json(
            "/v1/completions",
            "{\"model\":\"tinyq-llama-Q4_K_M\",\"prompt\":[\"one\",\"two\"],\"temperature\":0,\"echo\":true,\"logprobs\":1,\"max_tokens\":4}");
    assertThat(answer.path("object").textValue()).isEqualTo("text_completion");
    assertThat(answer.path("choices")).hasSize(2);
    assertThat(answer.at("/choices/1/text").textValue()).startsWith("two");
    assertThat(answer.at("/choices/0/logprobs/tokens")).hasSize(4);
    assertThat(answer.at("/choices/0/finish_reason").textValue()).isEqualTo("length");
    JsonNode tokens =
        SERVER.json(
            "/v1/completions",
            "{\"model\":\"tinyq-llama-Q4_K_M\",\"prompt\":[1,2,3],\"temperature\":0}");
    assertThat(tokens.at("/usage/prompt_tokens").intValue()).isEqualTo(3);
    assertThat(tokens.at("/usage/completion_tokens").intValue()).isLessThanOrEqualTo(16);
  }

  @Test
  void streamsTexts() throws Exception {
    List<String> events =
        SERVER.events(
            "/v1/completions",
            "{\"model\":\"tinyq-llama-Q4_K_M\",\"prompt\":\"one\",\"stream\":true,\"max_tokens\":4}");
    assertThat(events.getLast()).isEqualTo("[DONE]");
    assertThat(Json.read(events.getFirst()).path("object").textValue())
        .isEqualTo("text_completion");
    assertThat(Json.read(events.get(events.size() - 2)).at("/choices/0/finish_reason").isNull())
        .isFalse();
  }

  @Test
  void refusesTokensThatDoNotExist() throws Exception {
    HttpResponse<String> response =
        SERVER.post("/v1/completions", "{\"model\":\"tiny-llama3-bpe\",\"prompt\":[1,99999999]}");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("token id: expected 0 to");
  }

  @Test
  void embedsAsNumbersAndAsBase64() throws Exception {
    JsonNode numbers =
        SERVER.json(
            "/v1/embeddings", "{\"model\":\"tiny-bert-mean\",\"input\":[\"hello\",\"world\"]}");
    assertThat(numbers.path("data")).hasSize(2);
    JsonNode vector = numbers.at("/data/1/embedding");
    JsonNode encoded =
        SERVER.json(
            "/v1/embeddings",
            "{\"model\":\"tiny-bert-mean\",\"input\":\"world\",\"encoding_format\":\"base64\"}");
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode(encoded.at("/data/0/embedding").textValue()))
            .order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes.remaining()).isEqualTo(4 * vector.size());
    for (int i = 0; i < vector.size(); i++) {
      assertThat(bytes.getFloat(4 * i))
          .isCloseTo((float) vector.get(i).doubleValue(), within(1e-4f));
    }
    assertThat(numbers.at("/usage/prompt_tokens").intValue()).isPositive();
  }

  @Test
  void embedsWithAModelThatGeneratesAsOneVectorOfLengthOne() throws Exception {
    JsonNode answer =
        SERVER.json(
            "/v1/embeddings",
            "{\"model\":\"tiny-llama3-bpe\",\"input\":[\"hello\",\"hello you\"]}");
    assertThat(answer.path("data")).hasSize(2);
    for (JsonNode item : answer.path("data")) {
      double sum = 0;
      for (JsonNode number : item.path("embedding")) {
        sum += number.doubleValue() * number.doubleValue();
      }
      assertThat(sum).isCloseTo(1, within(1e-4));
    }
    assertThat(answer.at("/data/0/embedding")).isNotEqualTo(answer.at("/data/1/embedding"));
  }

  @Test
  void refusesEmptyInputsAndTooManyDimensions() throws Exception {
    for (String input : List.of("\"\"", "[]", "[\"\"]", "[[]]", "null", "{}")) {
      assertThat(
              SERVER
                  .post(
                      "/v1/embeddings",
                      "{\"model\":\"tiny-bert-mean\",\"input\":%s}".formatted(input))
                  .statusCode())
          .isEqualTo(400);
    }
    assertThat(
            SERVER
                .post(
                    "/v1/embeddings",
                    "{\"model\":\"tiny-bert-mean\",\"input\":\"x\",\"dimensions\":100000}")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void refusesToRankWithAModelThatIsNoReranker() throws Exception {
    HttpResponse<String> response =
        SERVER.post(
            "/rerank", "{\"model\":\"tiny-bert-mean\",\"query\":\"q\",\"documents\":[\"a\"]}");
    assertThat(response.statusCode()).isEqualTo(400);
  }

  @Test
  void listsModelsUnderAllPrefixes() throws Exception {
    for (String prefix : List.of("/v1", "/engines/v1", "/engines/llama.cpp/v1")) {
      JsonNode list = Json.read(SERVER.get(prefix + "/models").body());
      assertThat(list.path("object").textValue()).isEqualTo("list");
      assertThat(list.path("data")).hasSize(3);
      assertThat(list.at("/data/0/id").textValue()).isEqualTo("tinyq-llama-Q4_K_M");
      assertThat(list.at("/data/0/dmr/architecture").textValue()).isEqualTo("llama");
    }
    assertThat(
            Json.read(SERVER.get("/v1/models/tiny-llama3-bpe:latest").body()).path("id").asText())
        .isEqualTo("tiny-llama3-bpe");
    assertThat(SERVER.get("/v1/models/ai%2Fnone").statusCode()).isEqualTo(404);
    assertThat(SERVER.get("/v1/models/ai/none").body()).contains("model 'ai/none' not found");
  }

  @Test
  void countsTokensAndTurnsThemIntoTextAgain() throws Exception {
    JsonNode tokens =
        SERVER.json("/tokenize", "{\"model\":\"tiny-llama3-bpe\",\"content\":\"hello world\"}");
    assertThat(tokens.path("tokens").size()).isEqualTo(tokens.path("count").intValue());
    JsonNode text =
        SERVER.json(
            "/detokenize",
            "{\"model\":\"tiny-llama3-bpe\",\"tokens\":%s}".formatted(tokens.path("tokens")));
    assertThat(text.path("content").textValue()).isEqualTo("hello world");
    JsonNode count =
        SERVER.json(
            "/v1/count",
            "{\"model\":\"tiny-llama3-bpe\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
    assertThat(count.path("input_tokens").intValue()).isGreaterThan(1);
  }
}
