package dev.jmr.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import dev.jmr.server.http.Json;
import dev.jmr.server.http.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// OpenAI's client for Java and a model that means what it says.
@Timeout(60)
final class TalkingOpenAiTest {
  private static final FunctionDefinition WEATHER =
      FunctionDefinition.builder()
          .name("get_weather")
          .description("Current weather of a city")
          .parameters(
              FunctionParameters.builder()
                  .putAdditionalProperty("type", JsonValue.from("object"))
                  .putAdditionalProperty(
                      "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                  .putAdditionalProperty("required", JsonValue.from(List.of("city")))
                  .build())
          .build();

  @TempDir private static Path folder;

  private static TestServer server;
  private static OpenAIClient client;

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.talking(folder);
    client =
        OpenAIOkHttpClient.builder()
            .baseUrl("http://127.0.0.1:" + server.port() + "/v1")
            .apiKey("none")
            .build();
  }

  @AfterAll
  static void close() {
    client.close();
    server.close();
  }

  private static ChatCompletionCreateParams.Builder chat() {
    return ChatCompletionCreateParams.builder().model("jmr/demo").temperature(0.0);
  }

  private static ChatCompletion ask(ChatCompletionCreateParams.Builder chat) {
    return client.chat().completions().create(chat.build());
  }

  private static String text(ChatCompletion answer) {
    return answer.choices().getFirst().message().content().orElseThrow();
  }

  @Test
  void answersAndStopsByItself() {
    ChatCompletion answer = ask(chat().addUserMessage("What is 7 plus 5?"));
    assertThat(text(answer)).isEqualTo("7 plus 5 is 12.");
    assertThat(answer.choices().getFirst().finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
  }

  @Test
  void streamsManyPieces() {
    ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
    List<String> pieces = new ArrayList<>();
    try (StreamResponse<ChatCompletionChunk> stream =
        client
            .chat()
            .completions()
            .createStreaming(chat().addUserMessage("Tell me a story about a fox.").build())) {
      stream.stream()
          .peek(whole::accumulate)
          .flatMap(chunk -> chunk.choices().stream())
          .flatMap(choice -> choice.delta().content().stream())
          .forEach(pieces::add);
    }
    assertThat(pieces).hasSizeGreaterThan(20);
    assertThat(String.join("", pieces))
        .isEqualTo(text(whole.chatCompletion()))
        .startsWith("Once upon a time")
        .contains("fox")
        .endsWith(".");
  }

  @Test
  void callsAToolOfItsOwnAccordAndSaysWhatCameOfIt() {
    ChatCompletionCreateParams.Builder chat =
        chat().addFunctionTool(WEATHER).addUserMessage("What is the weather in Oslo?");
    ChatCompletion.Choice choice = ask(chat).choices().getFirst();
    assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
    ChatCompletionMessageFunctionToolCall call =
        choice.message().toolCalls().orElseThrow().getFirst().asFunction();
    assertThat(call.function().name()).isEqualTo("get_weather");
    assertThat(Json.read(call.function().arguments()).path("city").asText()).isEqualTo("Oslo");

    ChatCompletion said =
        ask(
            chat.addMessage(choice.message())
                .addMessage(
                    ChatCompletionToolMessageParam.builder()
                        .toolCallId(call.id())
                        .content("{\"temperature\": 21, \"sky\": \"sunny\"}")
                        .build()));
    assertThat(text(said)).isEqualTo("It is 21 degrees and sunny in Oslo.");
  }

  @Test
  void callsNoToolWhereNoneIsNeeded() {
    ChatCompletion answer =
        ask(chat().addFunctionTool(WEATHER).addUserMessage("What is the capital of France?"));
    assertThat(text(answer)).isEqualTo("The capital of France is Paris.");
    assertThat(answer.choices().getFirst().message().toolCalls()).isEmpty();
  }

  /// What is asked for as JSON.
  static final class Person {
    public String name = "";
    public int age;
  }

  @Test
  void fillsAClassWithWhatWasSaid() {
    Person person =
        client
            .chat()
            .completions()
            .create(
                chat()
                    .addUserMessage("Give me a JSON object with name Anna and age 30.")
                    .responseFormat(Person.class)
                    .build())
            .choices()
            .getFirst()
            .message()
            .content()
            .orElseThrow();
    assertThat(person.name).isEqualTo("Anna");
    assertThat(person.age).isEqualTo(30);
  }

  @Test
  void endsBeforeAStopString() {
    ChatCompletion answer =
        ask(chat().addUserMessage("Count to 9.").stopOfStrings(List.of(", 5", "none")));
    assertThat(text(answer)).isEqualTo("1, 2, 3, 4");
  }

  @Test
  void remembersWhatWasSaidAndReadsItOnlyOnce() {
    ChatCompletionCreateParams.Builder chat = chat().addUserMessage("My name is Anna.");
    chat.addMessage(ask(chat).choices().getFirst().message());
    chat.addUserMessage("Tell me a story about a fox.");
    chat.addMessage(ask(chat).choices().getFirst().message());
    ChatCompletion recalled = ask(chat.addUserMessage("What is my name?"));
    assertThat(text(recalled)).isEqualTo("Your name is Anna.");
    assertThat(
            recalled
                .usage()
                .orElseThrow()
                .promptTokensDetails()
                .orElseThrow()
                .cachedTokens()
                .orElseThrow())
        .isPositive();
  }

  @Test
  void admitsWhatItDoesNotKnow() {
    assertThat(text(ask(chat().addUserMessage("Who invented the telephone?"))))
        .startsWith("I don't know that.");
  }
}
