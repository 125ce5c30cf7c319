package dev.jmr.server.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import dev.jmr.server.http.Json;
import dev.jmr.server.http.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// OpenAI's own client for Java.
@Timeout(60)
final class OpenAiClientTest {
  private static final String MODEL = "tinyq-llama-Q4_K_M";
  private static final TestServer SERVER = TestServer.start();
  private static final OpenAIClient CLIENT =
      OpenAIOkHttpClient.builder()
          .baseUrl("http://127.0.0.1:" + SERVER.port() + "/engines/v1")
          .apiKey("none")
          .build();

  @AfterAll
  static void close() {
    CLIENT.close();
    SERVER.close();
  }

  private static ChatCompletionCreateParams.Builder params() {
    return ChatCompletionCreateParams.builder()
        .model(MODEL)
        .temperature(0.0)
        .maxCompletionTokens(10)
        .addSystemMessage("be brief")
        .addUserMessage("hi");
  }

  @Test
  void accumulatesAStreamToTheSameAnswer() {
    ChatCompletion whole = CLIENT.chat().completions().create(params().build());
    ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
    ChatCompletionStreamOptions usage =
        ChatCompletionStreamOptions.builder().includeUsage(true).build();
    try (StreamResponse<ChatCompletionChunk> stream =
        CLIENT.chat().completions().createStreaming(params().streamOptions(usage).build())) {
      stream.stream().forEach(accumulator::accumulate);
    }
    ChatCompletion streamed = accumulator.chatCompletion();
    assertThat(streamed.choices().getFirst().message().content())
        .isEqualTo(whole.choices().getFirst().message().content())
        .isPresent();
    assertThat(streamed.choices().getFirst().finishReason())
        .isEqualTo(whole.choices().getFirst().finishReason());
    assertThat(streamed.usage().orElseThrow().completionTokens())
        .isEqualTo(whole.usage().orElseThrow().completionTokens());
  }

  @Test
  void accumulatesSeveralAnswers() {
    ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> stream =
        CLIENT
            .chat()
            .completions()
            .createStreaming(
                params().n(3).temperature(1.0).logprobs(true).topLogprobs(2).build())) {
      stream.stream().forEach(accumulator::accumulate);
    }
    assertThat(accumulator.chatCompletion().choices()).hasSize(3);
  }

  @Test
  void accumulatesACallOfATool() {
    FunctionDefinition weather =
        FunctionDefinition.builder()
            .name("weather")
            .parameters(
                FunctionParameters.builder()
                    .putAdditionalProperty("type", JsonValue.from("object"))
                    .putAdditionalProperty(
                        "properties", JsonValue.from(Map.of("hot", Map.of("type", "boolean"))))
                    .putAdditionalProperty("required", JsonValue.from(List.of("hot")))
                    .putAdditionalProperty("additionalProperties", JsonValue.from(false))
                    .build())
            .build();
    ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> stream =
        CLIENT
            .chat()
            .completions()
            .createStreaming(
                params()
                    .maxCompletionTokens(200)
                    .addFunctionTool(weather)
                    .toolChoice(ChatCompletionToolChoiceOption.Auto.REQUIRED)
                    .parallelToolCalls(false)
                    .build())) {
      stream.stream().forEach(accumulator::accumulate);
    }
    ChatCompletion.Choice choice = accumulator.chatCompletion().choices().getFirst();
    assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
    ChatCompletionMessageFunctionToolCall.Function call =
        choice.message().toolCalls().orElseThrow().getFirst().asFunction().function();
    assertThat(call.name()).isEqualTo("weather");
    assertThat(Json.read(call.arguments()).path("hot").isBoolean()).isTrue();
  }

  @Test
  void embeds() {
    CreateEmbeddingResponse response =
        CLIENT
            .embeddings()
            .create(
                EmbeddingCreateParams.builder()
                    .model("tiny-bert-mean")
                    .inputOfArrayOfStrings(List.of("a", "b"))
                    .build());
    assertThat(response.data()).hasSize(2);
    assertThat(response.data().getFirst().embedding()).isNotEmpty();
  }

  @Test
  void listsModels() {
    assertThat(CLIENT.models().list().data()).extracting(model -> model.id()).contains(MODEL);
    assertThat(CLIENT.models().retrieve(MODEL).ownedBy()).isEqualTo("docker");
  }

  @Test
  void understandsErrors() {
    assertThatThrownBy(() -> CLIENT.chat().completions().create(params().model("ai/none").build()))
        .isInstanceOfSatisfying(
            NotFoundException.class, e -> assertThat(e.code()).contains("model_not_found"))
        .hasMessageContaining("model 'ai/none' not found");
    assertThatThrownBy(() -> CLIENT.chat().completions().create(params().topP(7.0).build()))
        .isInstanceOfSatisfying(
            BadRequestException.class, e -> assertThat(e.param()).contains("top_p"));
  }
}
