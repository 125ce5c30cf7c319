package dev.jmr.server.llamaserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.runtime.GenerationEvent;
import dev.jmr.runtime.GenerationEvent.Reason;
import dev.jmr.runtime.GenerationEvent.ToolCallArguments;
import dev.jmr.runtime.GenerationEvent.ToolCallBegin;
import dev.jmr.runtime.GenerationEvent.ToolCallEnd;
import dev.jmr.runtime.GenerationRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the chunks of `/v1/chat/completions`.
///
/// The server does not tell at which stop string it stopped; and log probabilities of a token that is only part of a
/// character are sometimes left out by it.
final class ChatChunkReader implements ChunkReader {
  private static final int NO_CALL = -1;

  private final AnswerProgress progress;
  private final boolean severalCalls;
  private int call = NO_CALL;
  private boolean early;
  private Optional<String> reason = Optional.empty();

  ChatChunkReader(GenerationRequest request) {
    this.progress = new AnswerProgress(request.topLogprobs());
    this.severalCalls = request.rules().parallelToolCalls();
  }

  @Override
  public List<GenerationEvent> read(JsonNode chunk) throws IOException {
    List<GenerationEvent> events = new ArrayList<>();
    progress.read(chunk, events);
    JsonNode choice = chunk.path("choices").path(0);
    if (choice.path("logprobs").path("content").isArray()) {
      progress.logprobs(choice.path("logprobs").path("content"));
    }
    JsonNode delta = choice.path("delta");
    progress.reasoning(delta.path("reasoning_content").asText(""), events);
    progress.text(delta.path("content").asText(""), events);
    for (JsonNode each : delta.path("tool_calls")) {
      if (!call(each, events)) {
        progress.finish(Reason.STOP, Optional.empty(), events);
        return events;
      }
    }
    if (choice.path("finish_reason").isTextual()) {
      reason = Optional.of(choice.path("finish_reason").textValue());
    }
    JsonNode usage = chunk.path("usage");
    if (usage.isObject()) {
      progress.usage(usage.path("prompt_tokens").asInt(), usage.path("completion_tokens").asInt());
    }
    return events;
  }

  /// Whether the answer goes on: it ends with the first call where only one is wanted.
  private boolean call(JsonNode piece, List<GenerationEvent> events) {
    int index = piece.path("index").asInt();
    JsonNode function = piece.path("function");
    if (index != call) {
      endCall(events);
      if (index > 0 && !severalCalls) {
        early = true;
        return false;
      }
      call = index;
      events.add(
          new ToolCallBegin(
              index, piece.path("id").asText("call_" + index), function.path("name").asText("")));
    }
    String json = function.path("arguments").asText("");
    if (!json.isEmpty()) {
      events.add(new ToolCallArguments(index, json));
    }
    return true;
  }

  private void endCall(List<GenerationEvent> events) {
    if (call != NO_CALL) {
      events.add(new ToolCallEnd(call));
    }
    call = NO_CALL;
  }

  @Override
  public List<GenerationEvent> end() {
    List<GenerationEvent> events = new ArrayList<>();
    if (reason.isPresent()) {
      boolean cut = reason.get().equals("length");
      if (!cut) {
        endCall(events);
      }
      progress.finish(cut ? Reason.LENGTH : Reason.STOP, Optional.empty(), events);
    }
    return events;
  }

  @Override
  public boolean early() {
    return early;
  }

  @Override
  public AnswerProgress progress() {
    return progress;
  }
}
