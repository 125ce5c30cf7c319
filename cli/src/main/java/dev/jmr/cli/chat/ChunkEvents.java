package dev.jmr.cli.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.runtime.GenerationEvent;
import dev.jmr.runtime.GenerationEvent.Finished;
import dev.jmr.runtime.GenerationEvent.Reason;
import dev.jmr.runtime.GenerationEvent.ReasoningDelta;
import dev.jmr.runtime.GenerationEvent.TextDelta;
import dev.jmr.runtime.GenerationEvent.Timings;
import dev.jmr.runtime.GenerationEvent.ToolCallArguments;
import dev.jmr.runtime.GenerationEvent.ToolCallBegin;
import dev.jmr.runtime.GenerationEvent.ToolCallEnd;
import dev.jmr.runtime.GenerationEvent.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Turns the chunks of a streamed answer into events. For one thread.
///
/// Where the server does not tell its times, they are taken here, from the request on.
final class ChunkEvents {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int NO_CALL = -1;

  private final long start;
  private long first;
  private long last;
  private int call = NO_CALL;
  private Optional<Usage> usage = Optional.empty();
  private Optional<Timings> timings = Optional.empty();
  private Optional<Reason> reason = Optional.empty();
  private int pieces;

  /// @param start a reading of [System#nanoTime] when the answer was asked for
  ChunkEvents(long start) {
    this.start = start;
  }

  /// @param now a reading of [System#nanoTime]
  List<GenerationEvent> read(JsonNode chunk, long now) {
    List<GenerationEvent> events = new ArrayList<>();
    JsonNode choice = chunk.path("choices").path(0);
    JsonNode delta = choice.path("delta");
    String thought = delta.path("reasoning_content").asText("");
    addText(thought.isEmpty() ? delta.path("reasoning").asText("") : thought, true, events);
    addText(delta.path("content").asText(""), false, events);
    addText(choice.path("text").asText(""), false, events);
    delta.path("tool_calls").forEach(piece -> addCall(piece, events));
    if (!events.isEmpty()) {
      pieces++;
      first = first == 0 ? now : first;
      last = now;
    }
    if (choice.path("finish_reason").isTextual()) {
      endCall(events);
      boolean cut = choice.path("finish_reason").asText().equals("length");
      reason = Optional.of(cut ? Reason.LENGTH : Reason.STOP);
    }
    readNumbers(chunk);
    return events;
  }

  private static void addText(String text, boolean thought, List<GenerationEvent> events) {
    if (!text.isEmpty()) {
      events.add(thought ? new ReasoningDelta(text) : new TextDelta(text));
    }
  }

  private void addCall(JsonNode piece, List<GenerationEvent> events) {
    int index = piece.path("index").asInt();
    JsonNode function = piece.path("function");
    if (index != call) {
      endCall(events);
      call = index;
      events.add(
          new ToolCallBegin(
              index, piece.path("id").asText("call_" + index), function.path("name").asText("")));
    }
    String json = function.path("arguments").asText("");
    if (!json.isEmpty()) {
      events.add(new ToolCallArguments(index, json));
    }
  }

  private void endCall(List<GenerationEvent> events) {
    if (call != NO_CALL) {
      events.add(new ToolCallEnd(call));
      call = NO_CALL;
    }
  }

  private void readNumbers(JsonNode chunk) {
    JsonNode tokens = chunk.path("usage");
    if (tokens.isObject()) {
      usage =
          Optional.of(
              new Usage(
                  tokens.path("prompt_tokens").asInt(), tokens.path("completion_tokens").asInt()));
    }
    JsonNode times = chunk.path("timings");
    if (times.path("predicted_ms").isNumber()) {
      long prompt = (long) (times.path("prompt_ms").asDouble() * NANOS_PER_MILLI);
      long answer = (long) (times.path("predicted_ms").asDouble() * NANOS_PER_MILLI);
      timings = Optional.of(new Timings(prompt, first == 0 ? 0 : first - start, answer));
    }
  }

  /// Whether the server has said why the answer ended.
  boolean ended() {
    return reason.isPresent();
  }

  /// The end as it is known now.
  Finished finished(Reason otherwise) {
    return new Finished(
        reason.orElse(otherwise),
        usage.orElse(new Usage(0, pieces)),
        timings.orElse(new Timings(first == 0 ? 0 : first - start, first - start, last - first)));
  }
}
