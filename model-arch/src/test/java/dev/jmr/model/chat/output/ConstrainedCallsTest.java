package dev.jmr.model.chat.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.model.chat.constraint.AnswerGrammar;
import dev.jmr.model.chat.constraint.AnswerShape;
import dev.jmr.model.chat.constraint.AnswerShape.Calls;
import dev.jmr.model.chat.constraint.MarkerText;
import dev.jmr.model.chat.constraint.Thoughts;
import dev.jmr.model.chat.constraint.ToolDefinition;
import dev.jmr.model.grammar.Grammar;
import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.grammar.GrammarLimits;
import dev.jmr.model.grammar.GrammarMatcher;
import dev.jmr.model.grammar.SmallVocabulary;
import dev.jmr.model.grammar.gbnf.Gbnf;
import dev.jmr.model.grammar.schema.SchemaValidator;
import dev.jmr.model.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConstrainedCallsTest {
  private static final String WEATHER =
      """
      {"type": "object", "required": ["city", "days"], "additionalProperties": false,
       "properties": {
         "city": {"enum": ["Paris", "Rome", "New York"]},
         "now": {"type": "boolean", "description": "whether now"},
         "days": {"type": "integer", "minimum": 1, "maximum": 14},
         "unit": {"type": "string", "enum": ["c", "f"]}}}\
      """;
  private static final ToolDefinition GET_WEATHER = tool("get_weather", WEATHER, false);
  private static final ToolDefinition GET_TIME =
      tool("get_time", "{\"properties\": {}, \"additionalProperties\": false}", false);
  private static final List<ToolDefinition> TOOLS = List.of(GET_WEATHER, GET_TIME);

  private static ToolDefinition tool(String name, String schema, boolean strict) {
    return new ToolDefinition(name, JsonReader.read(schema), strict);
  }

  static List<String> dialects() {
    return OutputDialects.ALL.stream().map(OutputDialect::name).toList();
  }

  private static OutputFormat format(String name) {
    OutputDialect dialect =
        OutputDialects.ALL.stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow();
    return new OutputFormat(dialect, dialect.reasoning(new TemplateTraits("", Set.of())));
  }

  private static AnswerShape required(boolean several, ToolDefinition... tools) {
    return new AnswerShape(
        Optional.empty(), Calls.REQUIRED, List.of(tools), several, Thoughts.NONE);
  }

  private static Grammar grammar(OutputFormat format, AnswerShape shape) {
    return new AnswerGrammar(format, new MarkerText(Set.of()), GrammarLimits.STANDARD).of(shape);
  }

  /// What the parser makes of an output, with the prompt that the dialect wants.
  private static List<OutputEvent> events(OutputFormat format, String output) {
    return events(format, output, GET_WEATHER, GET_TIME);
  }

  private static List<OutputEvent> events(
      OutputFormat format, String output, ToolDefinition... tools) {
    List<ToolSignature> signatures =
        Stream.of(tools).map(tool -> ToolSignature.of(tool.name(), tool.parameters())).toList();
    String prompt = format.dialect().equals("functionary-v3.2") ? ">>>" : "";
    OutputParser parser = format.parser(OutputOptions.of(signatures, prompt));
    List<OutputEvent> events = new ArrayList<>();
    for (int i = 0; i < output.length(); i++) {
      events.addAll(parser.accept(output.substring(i, i + 1)));
    }
    events.addAll(parser.finish());
    return events;
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void everyDialectReadsBackWhatItIsHeldTo(String dialect) {
    OutputFormat format = format(dialect);
    GrammarMatcher matcher =
        new GrammarMatcher(
            grammar(format, required(true, TOOLS.toArray(ToolDefinition[]::new))),
            SmallVocabulary.json());
    SchemaValidator weather = new SchemaValidator(WEATHER);
    Random random = new Random(7);
    int several = 0;
    for (int i = 0; i < 60; i++) {
      String output = SmallVocabulary.sample(matcher, random, 2000, 0.7);
      List<OutputEvent> events = events(format, output);
      List<String> calls = new ArrayList<>();
      StringBuilder arguments = new StringBuilder();
      for (OutputEvent event : events) {
        switch (event) {
          case OutputEvent.ToolCallBegin begin -> calls.add(begin.name());
          case OutputEvent.ToolCallArguments(int _, String json) -> arguments.append(json);
          case OutputEvent.ToolCallEnd _ -> {
            if (calls.getLast().equals("get_weather")) {
              assertThat(weather.errors(arguments.toString())).as(output).isEmpty();
            } else {
              assertThat(arguments.toString().replace(" ", "")).as(output).isEqualTo("{}");
            }
            arguments.setLength(0);
          }
          default -> throw new AssertionError("%s in %s".formatted(event, output));
        }
      }
      assertThat(calls).as(output).isNotEmpty();
      assertThat(calls).isSubsetOf("get_weather", "get_time");
      several += calls.size() > 1 ? 1 : 0;
    }
    assertThat(several > 0).isEqualTo(format.callForm().parallel());
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void oneCallIsOneCall(String dialect) {
    OutputFormat format = format(dialect);
    GrammarMatcher matcher =
        new GrammarMatcher(grammar(format, required(false, GET_WEATHER)), SmallVocabulary.json());
    Random random = new Random(8);
    for (int i = 0; i < 20; i++) {
      assertThat(events(format, SmallVocabulary.sample(matcher, random, 2000, 0.2)))
          .filteredOn(OutputEvent.ToolCallEnd.class::isInstance)
          .hasSize(1);
    }
  }

  @Test
  void bareStringsEndWhereTheDialectEndsThem() {
    ToolDefinition say =
        tool(
            "say",
            "{\"properties\":{\"text\":{\"type\":\"string\"}},\"required\":[\"text\"]}",
            true);
    Grammar grammar = grammar(format("qwen-coder"), required(false, say));

    assertThat(
            grammar.matches(
                "<tool_call>\n<function=say>\n<parameter=text>\nA <b>\nü\n</parameter>\n</function>\n</tool_call>"))
        .isTrue();
    assertThat(grammar.matches("<tool_call>\n<function=say>\n</function>\n</tool_call>")).isFalse();
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void stringsAreHeldToTheirSchemasHoweverTheyAreWritten(String dialect) {
    String schema =
        """
        {"type": "object", "additionalProperties": false,
         "required": ["day", "code", "title", "note", "size", "tag", "person"],
         "properties": {
           "day": {"type": "string", "format": "date"},
           "code": {"type": "string", "pattern": "^[A-Z<]{2,4}$", "maxLength": 3},
           "title": {"type": "string", "minLength": 2, "maxLength": 5},
           "note": {"anyOf": [{"type": "string", "maxLength": 6}, {"type": "null"}]},
           "size": {"anyOf": [{"type": "string", "maxLength": 4}, {"type": "integer", "minimum": 6}]},
           "tag": {"enum": ["new", "old", 7, null]},
           "person": {"$ref": "#/$defs/person"}},
         "$defs": {"person": {"type": "object", "additionalProperties": false, "required": ["name", "tags"],
           "properties": {"name": {"type": "string", "minLength": 1, "maxLength": 3},
             "tags": {"type": "array", "items": {"enum": ["a", "b"]}, "maxItems": 2}}}}}\
        """;
    ToolDefinition save = tool("save", schema, false);
    OutputFormat format = format(dialect);
    GrammarMatcher matcher =
        new GrammarMatcher(grammar(format, required(false, save)), SmallVocabulary.json());
    SchemaValidator validator = new SchemaValidator(schema);
    Random random = new Random(9);
    for (int i = 0; i < 60; i++) {
      String output = SmallVocabulary.sample(matcher, random, 4000, 0.3);
      StringBuilder arguments = new StringBuilder();
      for (OutputEvent event : events(format, output, save)) {
        if (event instanceof OutputEvent.ToolCallArguments(int _, String json)) {
          arguments.append(json);
        }
      }
      assertThat(validator.errors(arguments.toString())).as(output).isEmpty();
    }
  }

  @Test
  void longBareStringsAreHeldToTheirLength() {
    ToolDefinition say =
        tool(
            "say",
            "{\"properties\":{\"text\":{\"type\":\"string\",\"maxLength\":50000}},\"required\":[\"text\"]}",
            false);
    Grammar grammar = grammar(format("qwen-coder"), required(false, say));
    String call =
        "<tool_call>\n<function=say>\n<parameter=text>\n%s\n</parameter>\n</function>\n</tool_call>";

    assertThat(grammar.matches(call.formatted("x".repeat(50_000)))).isTrue();
    assertThat(grammar.matches(call.formatted("x".repeat(50_001)))).isFalse();
  }

  @Test
  void refusesValuesThatEndWhereTheyMayNot() {
    ToolDefinition say =
        tool("say", "{\"properties\":{\"text\":{\"enum\":[\"a\",\"b</parameter>\"]}}}", false);

    assertThatThrownBy(() -> grammar(format("qwen-coder"), required(false, say)))
        .isInstanceOf(GrammarException.class)
        .hasMessage(
            "tool 'say': #/properties/text: expected a string that this model's calls can hold, without '</parameter>', got 'b</parameter>'");
    assertThat(grammar(format("hermes"), required(false, say))).isNotNull();
  }

  @Test
  void strictToolsAreHeldToFromWhereACallOpens() {
    ToolDefinition strict = new ToolDefinition("get_weather", GET_WEATHER.parameters(), true);
    AnswerShape shape =
        new AnswerShape(
            Optional.empty(), Calls.ALLOWED, List.of(strict, GET_TIME), true, Thoughts.NONE);
    Grammar hermes = grammar(format("hermes"), shape);
    Grammar llama = grammar(format("llama3"), shape);

    assertThat(hermes.matches("It is {\"warm\".")).isTrue();
    assertThat(
            hermes.matches(
                "Let me see.<tool_call>\n{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Rome\", \"days\": 3}}\n</tool_call>"))
        .isTrue();
    assertThat(
            hermes.matches(
                "<tool_call>\n{\"name\": \"get_time\", \"arguments\": {\"any\": [1]}}\n</tool_call>"))
        .isTrue();
    assertThat(
            hermes.matches(
                "<tool_call>\n{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Rome\", \"days\": 99}}\n</tool_call>"))
        .isFalse();
    String call = "{\"name\": \"get_weather\", \"parameters\": {\"city\": \"Rome\", \"days\": 3}}";
    assertThat(llama.matches(call)).isTrue();
    assertThat(llama.matches("<|python_tag|>" + call)).isTrue();
    assertThat(llama.matches("<|python_tag|>print(1)")).isFalse();
  }

  @Test
  void aThoughtMayComeFirst() {
    OutputFormat format = format("hermes");
    AnswerShape answer =
        new AnswerShape(
            Optional.of(Gbnf.compile("root ::= \"yes\" | \"no\"")),
            Calls.NONE,
            List.of(),
            true,
            new Thoughts(format.reasoning(), false));
    AnswerShape begun =
        new AnswerShape(
            answer.text(),
            Calls.NONE,
            List.of(),
            true,
            Thoughts.begun(format.reasoning().getFirst()));

    assertThat(grammar(format, answer).matches("yes")).isTrue();
    assertThat(grammar(format, answer).matches("<think>no, or</think>\n\nyes")).isTrue();
    assertThat(grammar(format, answer).matches("<think>yes")).isFalse();
    assertThat(grammar(format, begun).matches("hm.</think>no")).isTrue();
    assertThat(grammar(format, begun).matches("no")).isFalse();
  }

  @Test
  void harmonyAnswersInItsFinalChannel() {
    OutputFormat format = format("harmony");
    AnswerShape shape =
        new AnswerShape(
            Optional.of(Gbnf.compile("root ::= \"yes\"")),
            Calls.NONE,
            List.of(),
            true,
            new Thoughts(format.reasoning(), false));
    String output =
        "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>yes";

    assertThat(grammar(format, shape).matches(output)).isTrue();
    assertThat(grammar(format, shape).matches("yes")).isFalse();
    assertThat(events(format, output)).contains(new OutputEvent.TextDelta("s"));
  }
}
