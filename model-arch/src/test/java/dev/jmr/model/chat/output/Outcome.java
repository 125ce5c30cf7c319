package dev.jmr.model.chat.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/// The events of one output with neighbouring deltas joined, as lines of text that can be written down.
final class Outcome {
  private final List<OutputEvent> events = new ArrayList<>();

  /// Tools with a parameter of every type.
  static List<ToolSignature> tools() {
    var kinds =
        Map.of(
            "city", Set.of(ValueKind.STRING),
            "unit", Set.of(ValueKind.STRING),
            "days", Set.of(ValueKind.INTEGER),
            "ratio", Set.of(ValueKind.NUMBER),
            "now", Set.of(ValueKind.BOOLEAN),
            "tags", Set.of(ValueKind.ARRAY),
            "where", Set.of(ValueKind.OBJECT),
            "note", Set.of(ValueKind.STRING, ValueKind.NULL));
    return List.of(
        new ToolSignature("get_weather", kinds), new ToolSignature("get_time", Map.of()));
  }

  /// Ids that count.
  static IntFunction<String> ids() {
    AtomicInteger count = new AtomicInteger();
    return length -> ("%0" + length + "d").formatted(count.incrementAndGet());
  }

  static OutputOptions options(String prompt) {
    return new OutputOptions(tools(), prompt, ids());
  }

  static Outcome of(OutputFormat format, OutputOptions options, Iterable<String> pieces) {
    OutputParser parser = format.parser(options);
    Outcome outcome = new Outcome();
    for (String piece : pieces) {
      outcome.events.addAll(parser.accept(piece));
    }
    outcome.events.addAll(parser.finish());
    return outcome;
  }

  List<OutputEvent> events() {
    return events;
  }

  /// One line for each run of deltas and each other event.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    String before = "";
    for (OutputEvent event : events) {
      String kind = event.getClass().getSimpleName();
      String said = said(event);
      if (kind.endsWith("TextDelta") || kind.endsWith("ReasoningDelta") || isArguments(event)) {
        if (kind.equals(before)) {
          lines.set(lines.size() - 1, lines.getLast() + payload(event));
        } else {
          lines.add(said);
        }
        before = kind;
      } else {
        lines.add(said);
        before = "";
      }
    }
    return lines;
  }

  private static boolean isArguments(OutputEvent event) {
    return event instanceof OutputEvent.ToolCallArguments;
  }

  private static String said(OutputEvent event) {
    return switch (event) {
      case OutputEvent.TextDelta text -> "text " + text.text();
      case OutputEvent.ReasoningDelta thought -> "think " + thought.text();
      case OutputEvent.ToolCallBegin call ->
          "call " + call.index() + " " + call.id() + " " + call.name();
      case OutputEvent.ToolCallArguments arguments -> "args " + arguments.json();
      case OutputEvent.ToolCallEnd end -> "end " + end.index();
      case OutputEvent.MalformedCall bad -> "bad " + bad.index().orElse(-1);
    };
  }

  private static String payload(OutputEvent event) {
    return switch (event) {
      case OutputEvent.TextDelta text -> text.text();
      case OutputEvent.ReasoningDelta thought -> thought.text();
      case OutputEvent.ToolCallBegin call -> call.name();
      case OutputEvent.ToolCallArguments arguments -> arguments.json();
      case OutputEvent.ToolCallEnd end -> "";
      case OutputEvent.MalformedCall bad -> "";
    };
  }

  /// All that the model wrote and that is handed out, in order.
  String said() {
    StringBuilder all = new StringBuilder();
    events.forEach(event -> all.append(payload(event)));
    return all.toString();
  }

  /// Whether a call began, complete or not.
  boolean hasBegun() {
    return events.stream().anyMatch(OutputEvent.ToolCallBegin.class::isInstance);
  }

  /// Each call as name and arguments, complete ones only.
  List<String> calls() {
    List<String> calls = new ArrayList<>();
    StringBuilder call = new StringBuilder();
    for (OutputEvent event : events) {
      switch (event) {
        case OutputEvent.ToolCallBegin begin -> {
          call.setLength(0);
          call.append(begin.name());
        }
        case OutputEvent.ToolCallArguments arguments -> call.append(arguments.json());
        case OutputEvent.ToolCallEnd end -> calls.add(call.toString());
        case OutputEvent.TextDelta text -> {}
        case OutputEvent.ReasoningDelta thought -> {}
        case OutputEvent.MalformedCall bad -> {}
      }
    }
    return calls;
  }

  /// Every call that begins ends, or is malformed; the arguments of one that ends are JSON; ids differ.
  void assertBalanced() {
    int open = -1;
    int calls = 0;
    List<String> ids = new ArrayList<>();
    StringBuilder arguments = new StringBuilder();
    for (OutputEvent event : events) {
      switch (event) {
        case OutputEvent.ToolCallBegin begin -> {
          assertThat(open).isEqualTo(-1);
          assertThat(begin.index()).isEqualTo(calls);
          assertThat(ids).doesNotContain(begin.id());
          ids.add(begin.id());
          open = calls++;
          arguments.setLength(0);
        }
        case OutputEvent.ToolCallArguments piece -> {
          assertThat(piece.index()).isEqualTo(open);
          arguments.append(piece.json());
        }
        case OutputEvent.ToolCallEnd end -> {
          assertThat(end.index()).isEqualTo(open);
          assertThat(JsonText.kind(arguments.toString())).contains(ValueKind.OBJECT);
          open = -1;
        }
        case OutputEvent.MalformedCall bad -> {
          assertThat(bad.index().orElse(-1)).isEqualTo(open);
          assertThat(bad.reason()).isNotBlank();
          open = -1;
        }
        case OutputEvent.TextDelta text -> assertThat(open).isEqualTo(-1);
        case OutputEvent.ReasoningDelta thought -> assertThat(open).isEqualTo(-1);
      }
    }
    assertThat(open).isEqualTo(-1);
  }

  /// What is handed out in Cyrillic.
  String words() {
    return words(said());
  }

  /// What is said in Cyrillic: no marker is.
  static String words(String text) {
    StringBuilder words = new StringBuilder();
    text.chars().filter(c -> c >= 0x400 && c < 0x500).forEach(c -> words.append((char) c));
    return words.toString();
  }

  /// A text cut by chance, also into nothing.
  static List<String> pieces(String output, RandomGenerator random) {
    List<String> pieces = new ArrayList<>();
    int most = 1 + random.nextInt(20);
    for (int at = 0; at < output.length(); ) {
      int end = Math.min(output.length(), at + random.nextInt(most + 1));
      pieces.add(output.substring(at, end));
      at = end;
    }
    return pieces;
  }
}
