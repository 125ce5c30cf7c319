package dev.jmr.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.model.grammar.schema.SchemaValidator;
import dev.jmr.runtime.AnswerFormat;
import dev.jmr.runtime.AnswerRules;
import dev.jmr.runtime.Engine;
import dev.jmr.runtime.GenerationEvent.Reason;
import dev.jmr.runtime.RequestException;
import dev.jmr.runtime.ToolChoice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolChoiceTest {
  private static final String HERMES = "<tool_call>";
  private static final String WEATHER =
      "{\"type\":\"object\",\"properties\":{\"city\":{\"enum\":[\"Rome\",\"Paris\"]},\"days\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":14}},\"required\":[\"city\",\"days\"],\"additionalProperties\":false}";
  private static final ChatFixture.Tool GET_WEATHER =
      ChatFixture.tool("get_weather", WEATHER, false);
  private static final ChatFixture.Tool GET_TIME =
      ChatFixture.tool("get_time", "{\"properties\":{\"zone\":{\"enum\":[1,2]}}}", false);
  private static final SchemaValidator VALIDATOR = new SchemaValidator(WEATHER);

  private static void assertIsWeather(String call) {
    assertThat(call).startsWith("get_weather ");
    assertThat(VALIDATOR.errors(call.substring("get_weather ".length()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {HERMES, "<|python_tag|>", "[TOOL_CALLS]", "[TOOL_CALLS][ARGS]"})
  void requiredAndNamedToolsAreCalled(String markers) throws InterruptedException {
    try (Engine engine = ChatFixture.load(ChatFixture.template(markers, ""))) {
      for (int seed = 0; seed < 4; seed++) {
        AnswerRules required = AnswerRules.FREE.withToolChoice(ToolChoice.REQUIRED);
        Story one =
            ChatFixture.ask(
                engine, required.withParallelToolCalls(false), seed, GET_WEATHER, GET_TIME);
        assertThat(one.text()).isEmpty();
        assertThat(one.calls()).hasSize(1);
        assertThat(one.reason()).isEqualTo(Reason.STOP);

        Story some = ChatFixture.ask(engine, required, seed, GET_WEATHER);
        assertThat(some.text()).isEmpty();
        assertIsWeather(some.calls().getFirst());

        AnswerRules named = AnswerRules.FREE.withToolChoice(new ToolChoice.Named("get_weather"));
        Story story = ChatFixture.ask(engine, named, seed, GET_TIME, GET_WEATHER);
        assertThat(story.text()).isEmpty();
        assertThat(story.calls()).hasSize(1);
        assertIsWeather(story.calls().getFirst());
        assertThat(story.reason()).isEqualTo(Reason.STOP);
      }
    }
  }

  @Test
  void noneShowsNoToolsAndReadsNoCalls() throws InterruptedException {
    try (Engine engine = ChatFixture.load(ChatFixture.template(HERMES, ""))) {
      AnswerRules none =
          AnswerRules.of(new AnswerFormat.Choice(List.of("<tool_call>{\"name\": \"get_time\"}")))
              .withToolChoice(ToolChoice.NONE);
      Story story = ChatFixture.ask(engine, none, 1, GET_TIME);
      Story without = ChatFixture.ask(engine, none, 1);

      assertThat(story.text()).isEqualTo("<tool_call>{\"name\": \"get_time\"}");
      assertThat(story.calls()).isEmpty();
      assertThat(story.finished().usage()).isEqualTo(without.finished().usage());
    }
  }

  @Test
  void autoMayAnswerInTheFormatOrCall() throws InterruptedException {
    try (Engine engine = ChatFixture.load(ChatFixture.template(HERMES, ""))) {
      AnswerRules rules = AnswerRules.of(new AnswerFormat.Regex("[<x]\\d"));
      int texts = 0;
      for (int seed = 0; seed < 12; seed++) {
        Story story =
            ChatFixture.ask(engine, rules, seed, ChatFixture.tool("get_weather", WEATHER, true));
        if (story.calls().isEmpty()) {
          texts++;
          assertThat(story.text()).matches("[<x]\\d");
        } else {
          assertIsWeather(story.calls().getFirst());
        }
      }
      assertThat(texts).isPositive();
    }
  }

  @Test
  void refusesAChoiceThatCannotBeMet() throws InterruptedException {
    try (Engine engine = ChatFixture.load(ChatFixture.template(HERMES, ""))) {
      AnswerRules required = AnswerRules.FREE.withToolChoice(ToolChoice.REQUIRED);
      AnswerRules named = AnswerRules.FREE.withToolChoice(new ToolChoice.Named("get_date"));

      assertThatThrownBy(() -> ChatFixture.ask(engine, required, 1))
          .isInstanceOf(RequestException.class)
          .hasMessageStartingWith("tool choice: expected tools among which to choose, got none");
      assertThatThrownBy(() -> ChatFixture.ask(engine, named, 1, GET_TIME, GET_WEATHER))
          .isInstanceOf(RequestException.class)
          .hasMessage(
              "tool choice: expected one of the tools that are offered, [get_time, get_weather], got 'get_date'");
      assertThatThrownBy(() -> ChatFixture.ask(engine, required, 1, GET_TIME, GET_TIME))
          .isInstanceOf(RequestException.class)
          .hasMessageStartingWith("tools: expected each name once");
      assertThatThrownBy(() ->
              ChatFixture.ask(
                  engine,
                  required,
                  1,
                  ChatFixture.tool("f", "{\"properties\":{\"a\":{\"not\":{}}}}", false)))
          .isInstanceOf(RequestException.class)
          .hasMessageStartingWith("tool 'f': #/properties/a");
      assertThatThrownBy(
              () -> ChatFixture.ask(engine, required, 1, ChatFixture.tool("a b", "{}", false)))
          .isInstanceOf(RequestException.class)
          .hasMessageStartingWith("tools: tool: expected a name of letters");
    }
  }
}
