package dev.jmr.server.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.TreeMap;

/// The chunks of a streamed answer put together as if it had not been streamed. For one thread.
final class StreamedAnswer {
  /// Characters of one text at most: more would not be kept.
  private static final int MAX_LENGTH = ShortJson.MAX_LENGTH;

  private final ObjectNode head = JsonNodeFactory.instance.objectNode();
  private final TreeMap<Integer, Choice> choices = new TreeMap<>();
  private boolean chat;

  /// One answer so far.
  private static final class Choice {
    final StringBuilder text = new StringBuilder();
    final StringBuilder reasoning = new StringBuilder();
    final TreeMap<Integer, Call> calls = new TreeMap<>();
    JsonNode finish = JsonNodeFactory.instance.nullNode();
  }

  /// A call of a tool so far.
  private static final class Call {
    String id = "";
    String name = "";
    final StringBuilder arguments = new StringBuilder();
  }

  /// Adds a chunk; one that is of no known form is passed over.
  void add(JsonNode chunk) {
    for (String name : new String[] {"id", "created", "model", "usage", "timings"}) {
      JsonNode value = chunk.path(name);
      if (!value.isMissingNode() && !value.isNull()) {
        head.set(name, value);
      }
    }
    chat |= chunk.path("object").asText().equals("chat.completion.chunk");
    for (JsonNode choice : chunk.path("choices")) {
      add(choices.computeIfAbsent(choice.path("index").asInt(), _ -> new Choice()), choice);
    }
  }

  private static void add(Choice choice, JsonNode chunk) {
    JsonNode delta = chunk.path("delta");
    append(choice.text, delta.path("content"));
    append(choice.text, chunk.path("text"));
    append(choice.reasoning, delta.path("reasoning_content"));
    for (JsonNode part : delta.path("tool_calls")) {
      Call call = choice.calls.computeIfAbsent(part.path("index").asInt(), _ -> new Call());
      JsonNode function = part.path("function");
      call.id = part.path("id").asText(call.id);
      call.name = function.path("name").asText(call.name);
      append(call.arguments, function.path("arguments"));
    }
    if (chunk.path("finish_reason").isTextual()) {
      choice.finish = chunk.path("finish_reason");
    }
  }

  private static void append(StringBuilder text, JsonNode more) {
    if (more.isTextual() && text.length() < MAX_LENGTH) {
      text.append(more.textValue());
    }
  }

  /// The whole answer; empty if there was no chunk.
  Optional<ObjectNode> json() {
    if (choices.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("object", chat ? "chat.completion" : "text_completion");
    answer.setAll(head);
    ArrayNode array = answer.putArray("choices");
    choices.forEach((index, choice) -> {
      ObjectNode node = array.addObject();
      node.put("index", index);
      if (chat) {
        node.set("message", message(choice));
      } else {
        node.put("text", choice.text.toString());
      }
      node.set("finish_reason", choice.finish);
    });
    return Optional.of(answer);
  }

  private static ObjectNode message(Choice choice) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("role", "assistant");
    message.put("content", choice.text.toString());
    if (!choice.reasoning.isEmpty()) {
      message.put("reasoning_content", choice.reasoning.toString());
    }
    if (!choice.calls.isEmpty()) {
      ArrayNode calls = message.putArray("tool_calls");
      choice.calls.forEach((_, call) -> {
        ObjectNode node = calls.addObject().put("id", call.id).put("type", "function");
        node.putObject("function")
            .put("name", call.name)
            .put("arguments", call.arguments.toString());
      });
    }
    return message;
  }
}
