package dev.jmr.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.model.chat.output.OutputFormat;
import dev.jmr.model.chat.output.OutputOptions;
import dev.jmr.model.chat.output.ToolSignature;
import dev.jmr.runtime.ChosenToken;
import dev.jmr.runtime.GenerationEvent;
import dev.jmr.runtime.GenerationEvent.Finished;
import dev.jmr.runtime.GenerationEvent.PromptProgress;
import dev.jmr.runtime.GenerationEvent.Reason;
import dev.jmr.runtime.GenerationEvent.ReasoningDelta;
import dev.jmr.runtime.GenerationEvent.TextDelta;
import dev.jmr.runtime.GenerationEvent.Timings;
import dev.jmr.runtime.GenerationEvent.ToolCallArguments;
import dev.jmr.runtime.GenerationEvent.ToolCallBegin;
import dev.jmr.runtime.GenerationEvent.ToolCallEnd;
import dev.jmr.runtime.GenerationEvent.Usage;
import dev.jmr.runtime.TokenLogprob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ParsedGenerationTest {
  private static final String TEMPLATE =
      "<|im_start|>assistant <think> <tool_call> {'name': 1, 'arguments': 2} </tool_call> {{ tools }}";
  private static final Finished END =
      new Finished(Reason.STOP, new Usage(3, 4), new Timings(1, 2, 3));

  private static List<GenerationEvent> events(String prompt, String... pieces)
      throws InterruptedException {
    return events(prompt, Arrays.stream(pieces).map(TextDelta::new).toList());
  }

  private static List<GenerationEvent> events(String prompt, List<TextDelta> pieces)
      throws InterruptedException {
    LocalGeneration written = new LocalGeneration();
    written.emit(new PromptProgress(3, 3));
    pieces.forEach(written::emit);
    written.emit(END);
    OutputFormat format = OutputFormat.of(TEMPLATE, Set.of());
    List<ToolSignature> tools = List.of(new ToolSignature("weather", Map.of()));
    List<GenerationEvent> events = new ArrayList<>();
    try (ParsedGeneration parsed =
        new ParsedGeneration(written, format.parser(OutputOptions.of(tools, prompt)), true)) {
      do {
        events.add(parsed.next());
      } while (!(events.getLast() instanceof Finished));
    }
    return events;
  }

  private static String joined(List<GenerationEvent> events, Class<?> kind) {
    StringBuilder all = new StringBuilder();
    for (GenerationEvent event : events) {
      if (kind.isInstance(event)) {
        all.append(
            switch (event) {
              case TextDelta(String text, _) -> text;
              case ReasoningDelta(String text) -> text;
              case ToolCallArguments(int _, String json) -> json;
              default -> "";
            });
      }
    }
    return all.toString();
  }

  @Test
  void tellsThoughtsFromText() throws InterruptedException {
    List<GenerationEvent> events = events("", "<thi", "nk>Hm", "m.</think>", "\n\nHello", "!");

    assertThat(joined(events, ReasoningDelta.class)).isEqualTo("Hmm.");
    assertThat(joined(events, TextDelta.class)).isEqualTo("Hello!");
    assertThat(events).first().isEqualTo(new PromptProgress(3, 3));
    assertThat(events).last().isEqualTo(END);
  }

  @Test
  void beginsInsideAThoughtThatThePromptOpened() throws InterruptedException {
    List<GenerationEvent> events = events("<|im_start|>assistant\n<think>\n", "Hmm.</think>Hi");

    assertThat(joined(events, ReasoningDelta.class)).isEqualTo("Hmm.");
    assertThat(joined(events, TextDelta.class)).isEqualTo("Hi");
  }

  @Test
  void tellsCallsOfTools() throws InterruptedException {
    List<GenerationEvent> events =
        events(
            "",
            "Let me see.",
            "<tool_call>{\"name\": \"weather\", \"argu",
            "ments\": {\"city\": \"Paris\"}}</tool_call>");

    assertThat(joined(events, TextDelta.class)).startsWith("Let me see.");
    assertThat(joined(events, ToolCallArguments.class)).contains("\"city\"").contains("Paris");
    assertThat(events)
        .filteredOn(ToolCallBegin.class::isInstance)
        .singleElement()
        .satisfies(event -> assertThat(((ToolCallBegin) event).name()).isEqualTo("weather"));
    assertThat(events).contains(new ToolCallEnd(0));
  }

  @Test
  void endsWithTheFirstCallWhereThereMayBeOnlyOne() throws InterruptedException {
    String call = "<tool_call>{\"name\": \"weather\", \"arguments\": {}}</tool_call>";
    LocalGeneration written = new LocalGeneration();
    written.emit(new TextDelta("Well. " + call + "\n" + call + " And"));
    written.emit(new Finished(Reason.CANCELLED, new Usage(3, 9), new Timings(1, 2, 3)));
    OutputFormat format = OutputFormat.of(TEMPLATE, Set.of());
    List<ToolSignature> tools = List.of(new ToolSignature("weather", Map.of()));

    Story story =
        Story.of(new ParsedGeneration(written, format.parser(OutputOptions.of(tools, "")), false));

    assertThat(story.text().strip()).isEqualTo("Well.");
    assertThat(story.calls()).containsExactly("weather {}");
    assertThat(story.reason()).isEqualTo(Reason.STOP);
    assertThat(written.cancelled()).isTrue();
  }

  @Test
  void whatOnlyLooksLikeAMarkerIsText() throws InterruptedException {
    assertThat(joined(events("", "a <", "b <tool", "s>"), TextDelta.class))
        .isEqualTo("a <b <tools>");
  }

  @Test
  void everyTokenWithItsLogprobsComesOnce() throws InterruptedException {
    List<TextDelta> pieces = new ArrayList<>();
    for (String piece : List.of("<think>", "Hm", "</think>", "Hi", " the", "re ", "<tool")) {
      TokenLogprob token = new TokenLogprob(pieces.size(), piece, new byte[0], -1);
      pieces.add(new TextDelta(piece, List.of(new ChosenToken(token, List.of()))));
    }
    List<Integer> tokens = new ArrayList<>();
    for (GenerationEvent event : events("", pieces)) {
      if (event instanceof TextDelta delta) {
        delta.tokens().forEach(token -> tokens.add(token.chosen().token()));
      }
    }

    assertThat(tokens).containsExactly(0, 1, 2, 3, 4, 5, 6);
  }
}
