package dev.jmr.server.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.runtime.GenerationEvent.Finished;
import dev.jmr.runtime.GenerationEvent.PromptProgress;
import dev.jmr.runtime.GenerationEvent.ReasoningDelta;
import dev.jmr.runtime.GenerationEvent.TextDelta;
import dev.jmr.runtime.GenerationEvent.ToolCallArguments;
import dev.jmr.runtime.GenerationEvent.ToolCallBegin;
import dev.jmr.runtime.GenerationEvent.ToolCallEnd;
import dev.jmr.server.http.Json;
import dev.jmr.server.http.SseWriter;
import java.util.BitSet;
import java.util.Optional;

/// The answers to a chat request as chunks, in the order in which they come.
final class ChatStream {
  private final ChatChunks chunks;
  private final ChatCall call;
  private final SseWriter events;
  private final Totals totals;

  /// Choices that called a tool.
  private final BitSet calling = new BitSet();

  /// Choices that go on.
  private int open;

  ChatStream(ChatChunks chunks, ChatCall call, SseWriter events) {
    this.chunks = chunks;
    this.call = call;
    this.events = events;
    this.totals = new Totals(call.text().count());
    this.open = call.text().count();
  }

  /// Every choice says first who speaks: none may appear when others have ended.
  void begin() {
    for (int i = 0; i < call.text().count(); i++) {
      send(i, Json.object().put("role", "assistant").put("content", ""));
    }
  }

  void accept(Answers.Event happened) {
    int index = happened.index();
    switch (happened.event()) {
      case PromptProgress _, ToolCallEnd _ -> {
        // Clients are not told.
      }
      case TextDelta delta -> text(index, delta);
      case ReasoningDelta(String text) -> send(index, Json.object().put("reasoning_content", text));
      case ToolCallBegin(int tool, String id, String name) -> {
        calling.set(index);
        send(index, ChatChunks.callBegin(tool, id, name));
      }
      case ToolCallArguments(int tool, String json) ->
          send(index, ChatChunks.callArguments(tool, json));
      case Finished finished -> finish(index, finished);
    }
  }

  private void text(int index, TextDelta delta) {
    Optional<ObjectNode> logprobs =
        call.logprobs() ? Optional.of(LogprobJson.chat(delta.tokens())) : Optional.empty();
    events.send(
        chunks.chunk(
            index, Json.object().put("content", delta.text()), logprobs, Optional.empty()));
  }

  private void finish(int index, Finished finished) {
    totals.add(finished);
    String reason = FinishReason.of(finished.reason(), calling.get(index));
    ObjectNode chunk = chunks.chunk(index, Json.object(), Optional.empty(), Optional.of(reason));
    open--;
    if (open == 0 && !call.text().includeUsage()) {
      chunk.set("timings", totals.timings());
    }
    events.send(chunk);
  }

  private void send(int index, ObjectNode delta) {
    events.send(chunks.chunk(index, delta, Optional.empty(), Optional.empty()));
  }

  /// After all choices.
  void end() {
    if (call.text().includeUsage()) {
      ObjectNode chunk = chunks.usage(totals.usage());
      chunk.set("timings", totals.timings());
      events.send(chunk);
    }
    events.done();
  }
}
