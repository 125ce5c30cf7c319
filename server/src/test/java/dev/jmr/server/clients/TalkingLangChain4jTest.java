package dev.jmr.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.server.http.TestServer;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.AiServices;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// LangChain4j's services and a model that uses their tools and memory.
@Timeout(60)
final class TalkingLangChain4jTest {
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

  private static OpenAiChatModel model() {
    return OpenAiChatModel.builder()
        .baseUrl("http://127.0.0.1:" + server.port() + "/engines/v1")
        .apiKey("none")
        .modelName("jmr/demo")
        .temperature(0.0)
        .maxRetries(0)
        .build();
  }

  /// A service with tools and a memory.
  interface Assistant {
    String answer(String question);
  }

  /// A clock that is always right about one moment.
  static final class Clock {
    private final List<String> asked = new ArrayList<>();

    @Tool(name = "get_time", value = "Current time in a city")
    String time(@P(name = "city", value = "Name of the city") String city) {
      asked.add(city);
      return "14:30";
    }
  }

  @Test
  void usesAToolAndSaysWhatCameOfIt() {
    Clock clock = new Clock();
    String answer =
        AiServices.builder(Assistant.class)
            .chatModel(model())
            .tools(clock)
            .build()
            .answer("What time is it in Tokyo?");
    assertThat(clock.asked).containsExactly("Tokyo");
    assertThat(answer).isEqualTo("It is 14:30 in Tokyo.");
  }

  @Test
  void remembersOverSeveralTurns() {
    Assistant assistant =
        AiServices.builder(Assistant.class)
            .chatModel(model())
            .chatMemory(MessageWindowChatMemory.withMaxMessages(20))
            .build();
    assertThat(assistant.answer("My favourite colour is green.")).contains("green");
    assertThat(assistant.answer("What is the capital of Italy?")).contains("Rome");
    assertThat(assistant.answer("What is my favourite colour?"))
        .isEqualTo("Your favourite colour is green.");
  }
}
