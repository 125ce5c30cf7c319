package dev.jmr.server.clients;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.errors.NotFoundException;
import dev.jmr.server.http.Json;
import dev.jmr.server.http.TestServer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.ai.tool.metadata.DefaultToolMetadata;

/// Spring AI, without Boot.
@Timeout(60)
final class SpringAiTest {
  private static final String MODEL = "tinyq-llama-Q4_K_M";
  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"hot\":{\"type\":\"boolean\"}},\"required\":[\"hot\"],\"additionalProperties\":false}";

  private static final TestServer SERVER = TestServer.start();
  private static final String BASE = "http://127.0.0.1:" + SERVER.port() + "/engines/v1";

  @AfterAll
  static void close() {
    SERVER.close();
  }

  private static OpenAiChatOptions.Builder options() {
    OpenAiChatOptions.Builder options = OpenAiChatOptions.builder();
    options.baseUrl(BASE).apiKey("none").maxTokens(10).maxRetries(0);
    options.model(MODEL).temperature(0.0);
    return options;
  }

  private static OpenAiChatModel model(OpenAiChatOptions options) {
    return OpenAiChatModel.builder().options(options).build();
  }

  private static ChatClient client(OpenAiChatOptions options) {
    return ChatClient.create(model(options));
  }

  @Test
  void streamsWhatItWouldAnswerAtOnce() {
    ChatClient client = client(options().build());
    ChatResponse whole =
        requireNonNull(client.prompt().system("be brief").user("hi").call().chatResponse());
    String text = requireNonNull(whole.getResult()).getOutput().getText();
    assertThat(text).isNotEmpty();
    assertThat(whole.getMetadata().getUsage().getCompletionTokens()).isEqualTo(10);
    List<String> parts =
        client.prompt().system("be brief").user("hi").stream().content().collectList().block();
    assertThat(String.join("", requireNonNull(parts))).isEqualTo(text);
  }

  @Test
  void callsAFunction() {
    AtomicInteger calls = new AtomicInteger();
    Function<Weather, String> function =
        weather -> {
          calls.incrementAndGet();
          return weather.hot() ? "hot" : "cold";
        };
    OpenAiChatOptions.Builder options = options();
    options.maxTokens(200).toolChoice("required").parallelToolCalls(false);
    String answer =
        client(options.build())
            .prompt()
            .user("how is the weather?")
            .tools(
                FunctionToolCallback.builder("weather", function)
                    .description("tells the weather")
                    .inputType(Weather.class)
                    .inputSchema(SCHEMA)
                    .toolMetadata(DefaultToolMetadata.builder().returnDirect(true).build())
                    .build())
            .call()
            .content();
    assertThat(calls).hasValue(1);
    assertThat(answer).containsAnyOf("hot", "cold");
  }

  /// What the function takes.
  record Weather(boolean hot) {}

  @Test
  void keepsToASchema() {
    OpenAiChatOptions.Builder options = options();
    options.maxTokens(200).outputSchema(SCHEMA);
    String answer = client(options.build()).prompt().user("is it hot?").call().content();
    assertThat(Json.read(requireNonNull(answer)).path("hot").isBoolean()).isTrue();
  }

  @Test
  void embedsSeveralTexts() {
    OpenAiEmbeddingOptions options =
        OpenAiEmbeddingOptions.builder()
            .baseUrl(BASE)
            .apiKey("none")
            .model("tiny-bert-mean")
            .build();
    OpenAiEmbeddingModel model = OpenAiEmbeddingModel.builder().options(options).build();
    List<float[]> vectors = model.embed(List.of("a", "b"));
    assertThat(vectors).hasSize(2);
    assertThat(vectors.getFirst()).hasSizeGreaterThan(1).isNotEqualTo(vectors.getLast());
  }

  @Test
  void understandsErrors() {
    OpenAiChatOptions.Builder options = options();
    options.model("ai/none");
    assertThatThrownBy(() -> model(options.build()).call(new Prompt("hi")))
        .isInstanceOf(NotFoundException.class);
  }
}
