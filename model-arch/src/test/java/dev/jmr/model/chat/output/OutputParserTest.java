package dev.jmr.model.chat.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.model.chat.output.Examples.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutputParserTest {
  private static final String MARKERS = "<>|[]{}()\"',:=\\/ \n" + "_acelnotu▁｜DSML0_callsinvoke";

  static List<Example> examples() {
    return Examples.all();
  }

  private static Outcome read(Example example, Iterable<String> pieces) {
    return Outcome.of(example.format(), Outcome.options(example.prompt()), pieces);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void readsWhatTheDialectWrites(Example example) {
    assertThat(example.format().dialect()).isEqualTo(example.dialect());
    assertThat(read(example, List.of(example.output())).lines()).isEqualTo(example.lines());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void readsTheSameCutAtEveryPlace(Example example) {
    String output = example.output();
    for (int i = 0; i <= output.length(); i++) {
      var pieces = List.of(output.substring(0, i), output.substring(i));
      assertThat(read(example, pieces).lines()).as("cut at " + i).isEqualTo(example.lines());
    }
    assertThat(read(example, output.chars().mapToObj(Character::toString).toList()).lines())
        .isEqualTo(example.lines());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void readsTheSameCutAtManyPlaces(Example example) {
    Random random = new Random(example.output().hashCode());
    for (int round = 0; round < 200; round++) {
      var pieces = Outcome.pieces(example.output(), random);
      assertThat(read(example, pieces).lines()).as(pieces.toString()).isEqualTo(example.lines());
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void losesNothingWhereTheOutputBreaksOff(Example example) {
    for (int i = 0; i <= example.output().length(); i++) {
      String output = example.output().substring(0, i);
      Outcome outcome = read(example, List.of(output));
      assertThat(outcome.words()).as(output).isEqualTo(Outcome.words(output));
      outcome.assertBalanced();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void losesNothingOfGarbledOutput(Example example) {
    Random random = new Random(example.output().hashCode() + 1);
    int incomplete = 0;
    for (int round = 0; round < 2000; round++) {
      String output = garbled(example.output(), random);
      Outcome outcome = read(example, List.of(output));
      incomplete += outcome.words().equals(Outcome.words(output)) ? 0 : 1;
      outcome.assertBalanced();
      assertThat(read(example, Outcome.pieces(output, random)).lines())
          .as(output)
          .isEqualTo(outcome.lines());
    }
    assertThat(incomplete).as("words that became a part of a call's frame").isLessThan(40);
  }

  private static String garbled(String output, Random random) {
    StringBuilder garbled = new StringBuilder(output);
    for (int changes = 1 + random.nextInt(4); changes > 0 && !garbled.isEmpty(); changes--) {
      int at = random.nextInt(garbled.length());
      char other = MARKERS.charAt(random.nextInt(MARKERS.length()));
      int end = Math.min(garbled.length(), at + random.nextInt(12));
      switch (random.nextInt(4)) {
        case 0 -> garbled.deleteCharAt(at);
        case 1 -> garbled.insert(at, other);
        case 2 -> garbled.setCharAt(at, other);
        default ->
            garbled.insert(
                random.nextInt(garbled.length()),
                garbled.substring(at, end).replaceAll("\\p{IsCyrillic}", "a"));
      }
    }
    return garbled.toString();
  }

  @Test
  void readsAnything() {
    Random random = new Random(7);
    List<String> fragments = new ArrayList<>();
    Examples.all()
        .forEach(each -> fragments.addAll(List.of(each.output().split("(?<=[>\\]:,}])", -1))));
    for (int round = 0; round < 20_000; round++) {
      Example example = Examples.all().get(round % Examples.all().size());
      StringBuilder output = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        output.append(fragments.get(random.nextInt(fragments.size())));
      }
      Outcome whole = read(example, List.of(output.toString()));
      whole.assertBalanced();
      assertThat(read(example, Outcome.pieces(output.toString(), random)).lines())
          .as(example.dialect() + " " + output)
          .isEqualTo(whole.lines());
    }
  }

  @Test
  void holdsBackOnlyWhatMayBeAMarker() {
    OutputParser parser = OutputFormat.of("<tool_call>", Set.of()).parser(Outcome.options(""));
    assertThat(parser.accept("a <b")).containsExactly(new OutputEvent.TextDelta("a <b"));
    assertThat(parser.accept("c<tool")).containsExactly(new OutputEvent.TextDelta("c"));
    assertThat(parser.accept("box")).containsExactly(new OutputEvent.TextDelta("<toolbox"));
    assertThat(parser.accept("<tool_call>{\"name\":\"get_time\",\"arguments\":")).isEmpty();
    assertThat(parser.accept("{\"a"))
        .containsExactly(
            new OutputEvent.ToolCallBegin(0, "call_000000000000000000000001", "get_time"),
            new OutputEvent.ToolCallArguments(0, "{\"a"));
    assertThat(parser.accept("b\"")).containsExactly(new OutputEvent.ToolCallArguments(0, "b\""));
  }

  @Test
  void leavesCallsAloneWhereNoToolsAreOffered() {
    for (Example example : Examples.all()) {
      OutputOptions options = new OutputOptions(List.of(), example.prompt(), Outcome.ids());
      Outcome outcome = Outcome.of(example.format(), options, List.of(example.output()));
      assertThat(outcome.calls()).isEmpty();
      assertThat(outcome.words()).isEqualTo(Outcome.words(example.output()));
    }
  }

  @Test
  void makesIdsThatDiffer() {
    OutputFormat format = OutputFormat.of("<tool_call>", Set.of());
    String call = "<tool_call>{\"name\":\"get_time\"}</tool_call>";
    Outcome outcome =
        Outcome.of(format, OutputOptions.of(Outcome.tools(), ""), List.of(call.repeat(50)));
    var ids =
        outcome.events().stream()
            .filter(OutputEvent.ToolCallBegin.class::isInstance)
            .map(event -> ((OutputEvent.ToolCallBegin) event).id())
            .toList();
    assertThat(ids).hasSize(50).doesNotHaveDuplicates().allMatch(id -> id.matches("call_\\w{24}"));
  }

  @Test
  void takesNothingAfterTheEnd() {
    OutputParser parser = OutputFormat.of("", Set.of()).parser(Outcome.options(""));
    parser.finish();
    assertThat(parser.finish()).isEmpty();
    assertThatThrownBy(() -> parser.accept("x")).hasMessageContaining("after the end");
  }

  @Test
  void whatStandsBehindTheArgumentsIsTextWhereTheCallBreaks() {
    OutputFormat format = OutputFormat.of("<tool_call>", Set.of());
    String call = "<tool_call>{\"name\": \"get_time\", \"arguments\": {\"city\": \"Рим\"}";
    String behind = ", \"Да\": [1], \"Нет";
    for (String end : List.of("", "\" и так далее")) {
      Outcome outcome = Outcome.of(format, Outcome.options(""), List.of(call + behind + end));
      assertThat(outcome.lines().subList(1, 4))
          .containsExactly("args {\"city\": \"Рим\"}", "bad 0", "text " + behind + end);
    }
    String much = ", \"notes\": \"" + "x".repeat(70_000) + "\"}";
    assertThat(Outcome.of(format, Outcome.options(""), List.of(call + much)).said()).endsWith(much);
  }

  @Test
  void givesUpOnCallsThatNameNothingForTooLong() {
    OutputFormat format = OutputFormat.of("<tool_call>", Set.of());
    String name = "n".repeat(300);
    String early = "{\"arguments\": {\"a\": \"" + "x".repeat(100_000) + "\"}}";
    for (String bad : List.of("<tool_call>{\"" + name, "<tool_call>" + early)) {
      Outcome outcome = Outcome.of(format, Outcome.options(""), List.of(bad));
      assertThat(outcome.lines()).hasSize(2).startsWith("bad -1").last().isEqualTo("text " + bad);
    }
  }

  @Test
  void handsOutLongTextsAndArgumentsAsTheyCome() {
    OutputParser parser =
        OutputFormat.of("<function= <parameter= <tool_call>", Set.of())
            .parser(Outcome.options("<think>"));
    assertThat(said(parser, "thought ".repeat(50_000))).isGreaterThan(390_000);
    said(parser, "</think><tool_call><function=get_weather><parameter=city>");
    assertThat(said(parser, "<line\n>".repeat(50_000))).isGreaterThan(390_000);
    said(parser, "</parameter></function></tool_call>");
    assertThat(said(parser, "<tool".repeat(50_000))).isGreaterThan(249_000);
  }

  private static int said(OutputParser parser, String text) {
    int said = 0;
    for (int i = 0; i < text.length(); i++) {
      for (OutputEvent event : parser.accept(text.substring(i, i + 1))) {
        said +=
            switch (event) {
              case OutputEvent.TextDelta delta -> delta.text().length();
              case OutputEvent.ReasoningDelta delta -> delta.text().length();
              case OutputEvent.ToolCallArguments delta -> delta.json().length();
              case OutputEvent.ToolCallBegin begin -> 0;
              case OutputEvent.ToolCallEnd end -> 0;
              case OutputEvent.MalformedCall bad -> 0;
            };
      }
    }
    return said;
  }
}
