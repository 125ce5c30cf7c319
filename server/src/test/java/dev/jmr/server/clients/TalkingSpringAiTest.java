package dev.jmr.server.clients;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.server.http.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.function.FunctionToolCallback;

/// Spring AI's chat client and a model that uses its functions.
@Timeout(60)
final class TalkingSpringAiTest {
  @TempDir private static Path folder;

  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.talking(folder);
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private static ChatClient client() {
    OpenAiChatOptions.Builder options = OpenAiChatOptions.builder();
    options
        .baseUrl("http://127.0.0.1:" + server.port() + "/engines/v1")
        .apiKey("none")
        .maxTokens(200)
        .maxRetries(0);
    options.model("jmr/demo").temperature(0.0);
    return ChatClient.create(OpenAiChatModel.builder().options(options.build()).build());
  }

  /// What the function takes.
  record Place(String city) {}

  private static final String PLACE =
      """
      {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
      """;

  @Test
  void callsAFunctionAndSaysWhatCameOfIt() {
    List<String> asked = new ArrayList<>();
    Function<Place, String> weather =
        place -> {
          asked.add(place.city());
          return "{\"temperature\": -3, \"sky\": \"snowy\"}";
        };
    String answer =
        client()
            .prompt()
            .user("What is the weather in Oslo?")
            .tools(
                FunctionToolCallback.builder("get_weather", weather)
                    .description("Current weather of a city")
                    .inputType(Place.class)
                    .inputSchema(PLACE)
                    .build())
            .call()
            .content();
    assertThat(asked).containsExactly("Oslo");
    assertThat(answer).contains("-3 degrees and snowy in Oslo");
  }

  @Test
  void streamsAnAnswer() {
    List<String> parts =
        client().prompt().user("What is the capital of Spain?").stream()
            .content()
            .collectList()
            .block();
    assertThat(String.join("", requireNonNull(parts))).isEqualTo("The capital of Spain is Madrid.");
  }
}
