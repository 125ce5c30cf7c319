package dev.jmr.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.server.http.Json;
import dev.jmr.server.http.TestServer;
import dev.langchain4j.agent.tool.ReturnBehavior;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// LangChain4j, with its own HTTP client and types.
@Timeout(60)
final class LangChain4jTest {
  private static final String MODEL = "tinyq-llama-Q4_K_M";
  private static final TestServer SERVER = TestServer.start();
  private static final String BASE = "http://127.0.0.1:" + SERVER.port() + "/engines/v1";

  private static final ToolSpecification WEATHER =
      ToolSpecification.builder()
          .name("weather")
          .description("tells the weather")
          .parameters(JsonObjectSchema.builder().addBooleanProperty("hot").required("hot").build())
          .build();

  @AfterAll
  static void close() {
    SERVER.close();
  }

  private static OpenAiChatModel.OpenAiChatModelBuilder model() {
    return OpenAiChatModel.builder()
        .baseUrl(BASE)
        .apiKey("none")
        .modelName(MODEL)
        .temperature(0.0)
        .maxRetries(0)
        .maxTokens(10);
  }

  private static ChatRequest.Builder question() {
    return ChatRequest.builder().messages(SystemMessage.from("be brief"), UserMessage.from("hi"));
  }

  @Test
  void streamsWhatItWouldAnswerAtOnce() {
    ChatResponse whole = model().build().chat(question().build());
    StreamCollector collector = new StreamCollector();
    OpenAiStreamingChatModel.builder()
        .baseUrl(BASE)
        .apiKey("none")
        .modelName(MODEL)
        .temperature(0.0)
        .maxTokens(10)
        .build()
        .chat(question().build(), collector);
    ChatResponse streamed = collector.response();
    assertThat(streamed.aiMessage().text()).isEqualTo(whole.aiMessage().text()).isNotEmpty();
    assertThat(collector.text()).isEqualTo(whole.aiMessage().text());
    assertThat(streamed.finishReason()).isEqualTo(whole.finishReason());
    assertThat(streamed.tokenUsage().outputTokenCount())
        .isEqualTo(whole.tokenUsage().outputTokenCount());
  }

  @Test
  void callsAToolAndGoesOnWithItsResult() {
    OpenAiChatModel model = model().maxTokens(200).parallelToolCalls(false).build();
    AiMessage call =
        model
            .chat(question().toolSpecifications(WEATHER).toolChoice(ToolChoice.REQUIRED).build())
            .aiMessage();
    ToolExecutionRequest request = call.toolExecutionRequests().getFirst();
    assertThat(request.name()).isEqualTo("weather");
    assertThat(Json.read(request.arguments()).path("hot").isBoolean()).isTrue();
    ChatResponse end =
        model.chat(
            ChatRequest.builder()
                .messages(
                    UserMessage.from("hi"), call, ToolExecutionResultMessage.from(request, "rain"))
                .toolSpecifications(WEATHER)
                .toolChoice(ToolChoice.NONE)
                .build());
    assertThat(end.aiMessage().hasToolExecutionRequests()).isFalse();
    assertThat(end.finishReason()).isIn(FinishReason.LENGTH, FinishReason.STOP);
  }

  @Test
  void accumulatesACallThatIsStreamed() {
    StreamCollector collector = new StreamCollector();
    OpenAiStreamingChatModel.builder()
        .baseUrl(BASE)
        .apiKey("none")
        .modelName(MODEL)
        .temperature(0.0)
        .maxTokens(200)
        .parallelToolCalls(false)
        .build()
        .chat(
            question().toolSpecifications(WEATHER).toolChoice(ToolChoice.REQUIRED).build(),
            collector);
    List<ToolExecutionRequest> calls = collector.response().aiMessage().toolExecutionRequests();
    assertThat(calls).hasSize(1);
    assertThat(calls.getFirst().id()).isNotBlank();
    assertThat(calls.getFirst().name()).isEqualTo("weather");
    assertThat(Json.read(calls.getFirst().arguments()).path("hot").isBoolean()).isTrue();
  }

  /// A service with a tool.
  interface Assistant {
    Result<String> answer(String question);
  }

  /// Its tool.
  static final class Thermometer {
    @Tool(value = "tells whether it is hot", returnBehavior = ReturnBehavior.IMMEDIATE)
    String measure(boolean outside) {
      return outside ? "hot" : "cold";
    }
  }

  @Test
  void letsAServiceUseItsTools() {
    OpenAiChatModel model =
        model()
            .maxTokens(200)
            .parallelToolCalls(false)
            .defaultRequestParameters(
                ChatRequestParameters.builder().toolChoice(ToolChoice.REQUIRED).build())
            .build();
    Result<String> result =
        AiServices.builder(Assistant.class)
            .chatModel(model)
            .tools(new Thermometer())
            .build()
            .answer("how is the weather?");
    assertThat(result.toolExecutions()).hasSize(1);
    assertThat(result.toolExecutions().getFirst().request().name()).isEqualTo("measure");
    assertThat(result.toolExecutions().getFirst().result()).isIn("hot", "cold");
  }

  /// How it went.
  enum Mood {
    GOOD,
    BAD
  }

  /// What is to be answered.
  record Verdict(Mood mood, boolean sure) {}

  /// A service whose answers are objects.
  interface Judge {
    Verdict judge(String text);
  }

  @Test
  void fillsARecord() {
    OpenAiChatModel model =
        model()
            .maxTokens(200)
            .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
            .strictJsonSchema(true)
            .build();
    Verdict verdict = AiServices.create(Judge.class, model).judge("nice");
    assertThat(verdict.mood()).isNotNull();
  }

  @Test
  void embedsSeveralTexts() {
    OpenAiEmbeddingModel model =
        OpenAiEmbeddingModel.builder()
            .baseUrl(BASE)
            .apiKey("none")
            .modelName("tiny-bert-mean")
            .build();
    var response =
        model.embedAll(
            List.of(TextSegment.from("a"), TextSegment.from("b"), TextSegment.from("c")));
    assertThat(response.content()).hasSize(3);
    assertThat(response.content().getFirst().vector()).hasSizeGreaterThan(1);
    assertThat(Objects.requireNonNull(response.tokenUsage()).inputTokenCount()).isPositive();
  }

  @Test
  void understandsErrors() {
    assertThatThrownBy(() -> model().modelName("ai/none").build().chat("hi"))
        .isInstanceOf(ModelNotFoundException.class)
        .hasMessageContaining("model 'ai/none' not found");
    assertThatThrownBy(() -> model().topP(7.0).build().chat("hi"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("top_p: expected");
  }
}
