package dev.jmr.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.StructuredChatCompletionCreateParams;
import dev.jmr.server.http.TestServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// OpenAI's client for Java: answers that are objects of classes.
@Timeout(60)
final class StructuredOutputTest {
  private static final TestServer SERVER = TestServer.start();
  private static final OpenAIClient CLIENT =
      OpenAIOkHttpClient.builder()
          .baseUrl("http://127.0.0.1:" + SERVER.port() + "/v1")
          .apiKey("none")
          .build();

  @AfterAll
  static void close() {
    CLIENT.close();
    SERVER.close();
  }

  /// How it is.
  enum Mood {
    GOOD,
    BAD
  }

  /// A part of an answer.
  static final class Sky {
    public boolean blue;
  }

  /// An answer.
  static final class Weather {
    public Mood mood = Mood.BAD;
    public Sky sky = new Sky();
  }

  private static ChatCompletionCreateParams.Builder params() {
    return ChatCompletionCreateParams.builder()
        .model("tinyq-llama-Q4_K_M")
        .temperature(0.0)
        .maxCompletionTokens(300)
        .addUserMessage("how is the weather?");
  }

  @Test
  void fillsAClass() {
    StructuredChatCompletionCreateParams<Weather> params =
        params().responseFormat(Weather.class).build();
    List<Weather> answers =
        CLIENT.chat().completions().create(params).choices().stream()
            .flatMap(choice -> choice.message().content().stream())
            .toList();
    assertThat(answers).hasSize(1);
    assertThat(answers.getFirst().mood).isIn(Mood.GOOD, Mood.BAD);
    assertThat(answers.getFirst().sky).isNotNull();
  }

  @Test
  void refusesASchemaThatCannotBeKeptBeforeItIsTriedAgain() {
    ChatCompletionCreateParams params =
        params()
            .putAdditionalBodyProperty(
                "response_format",
                JsonValue.from(
                    java.util.Map.of(
                        "type",
                        "json_schema",
                        "json_schema",
                        java.util.Map.of("name", "x", "schema", java.util.Map.of("type", "king")))))
            .build();
    assertThatThrownBy(() -> CLIENT.chat().completions().create(params))
        .isInstanceOf(BadRequestException.class);
  }
}
