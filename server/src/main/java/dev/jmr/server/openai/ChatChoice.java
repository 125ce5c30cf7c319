package dev.jmr.server.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.runtime.ChosenToken;
import dev.jmr.runtime.GenerationEvent;
import dev.jmr.runtime.GenerationEvent.Finished;
import dev.jmr.runtime.GenerationEvent.PromptProgress;
import dev.jmr.runtime.GenerationEvent.Reason;
import dev.jmr.runtime.GenerationEvent.ReasoningDelta;
import dev.jmr.runtime.GenerationEvent.TextDelta;
import dev.jmr.runtime.GenerationEvent.ToolCallArguments;
import dev.jmr.runtime.GenerationEvent.ToolCallBegin;
import dev.jmr.runtime.GenerationEvent.ToolCallEnd;
import dev.jmr.server.http.Json;
import java.util.ArrayList;
import java.util.List;

/// One whole answer, put together from its events. For one thread.
final class ChatChoice {
  private final boolean logprobs;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private final List<Call> calls = new ArrayList<>();
  private final List<ChosenToken> tokens = new ArrayList<>();
  private Reason reason = Reason.STOP;

  /// A call of a tool.
  private record Call(String id, String name, StringBuilder arguments) {}

  ChatChoice(boolean logprobs) {
    this.logprobs = logprobs;
  }

  void add(GenerationEvent event) {
    switch (event) {
      case PromptProgress _, ToolCallEnd _ -> {
        // Of no concern in the end.
      }
      case TextDelta delta -> {
        text.append(delta.text());
        tokens.addAll(delta.tokens());
      }
      case ReasoningDelta delta -> reasoning.append(delta.text());
      case ToolCallBegin begin ->
          calls.add(new Call(begin.id(), begin.name(), new StringBuilder()));
      case ToolCallArguments more -> calls.get(more.index()).arguments().append(more.json());
      case Finished finished -> reason = finished.reason();
    }
  }

  ObjectNode json(int index) {
    ObjectNode choice = Json.object();
    choice.put("index", index);
    choice.put("finish_reason", FinishReason.of(reason, !calls.isEmpty()));
    choice.set("message", message());
    choice.set("logprobs", logprobs ? LogprobJson.chat(tokens) : null);
    return choice;
  }

  private ObjectNode message() {
    ObjectNode message = Json.object();
    message.put("role", "assistant");
    message.put("content", text.isEmpty() && !calls.isEmpty() ? null : text.toString());
    message.putNull("refusal");
    if (!reasoning.isEmpty()) {
      message.put("reasoning_content", reasoning.toString());
    }
    if (!calls.isEmpty()) {
      ArrayNode array = message.putArray("tool_calls");
      for (Call call : calls) {
        ObjectNode node = array.addObject();
        node.put("id", call.id());
        node.put("type", "function");
        node.putObject("function")
            .put("name", call.name())
            .put("arguments", call.arguments().toString());
      }
    }
    return message;
  }
}
