package dev.jmr.server.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.server.http.Ids;
import dev.jmr.server.http.Json;
import java.time.Instant;
import java.util.Optional;

/// What all parts of the answer to one chat request have in common: id, time, model.
final class ChatChunks {
  private final String id = Ids.next("chatcmpl-");
  private final long created = Instant.now().getEpochSecond();
  private final String model;

  /// @param model as the request calls it
  ChatChunks(String model) {
    this.model = model;
  }

  /// A whole answer, without choices.
  ObjectNode completion() {
    return head("chat.completion");
  }

  private ObjectNode head(String object) {
    ObjectNode node = Json.object();
    node.put("id", id);
    node.put("object", object);
    node.put("created", created);
    node.put("model", model);
    node.put("system_fingerprint", "jmr");
    return node;
  }

  /// A part of one choice.
  ///
  /// @param finish why it ended, with its last part
  ObjectNode chunk(
      int index, ObjectNode delta, Optional<ObjectNode> logprobs, Optional<String> finish) {
    ObjectNode chunk = head("chat.completion.chunk");
    ObjectNode choice = chunk.putArray("choices").addObject();
    choice.put("index", index);
    choice.set("delta", delta);
    choice.set("logprobs", logprobs.orElse(null));
    choice.put("finish_reason", finish.orElse(null));
    return chunk;
  }

  /// The last part: it has no choices, as clients that see usage pass over what stands beside it.
  ObjectNode usage(ObjectNode usage) {
    ObjectNode chunk = head("chat.completion.chunk");
    chunk.set("choices", Json.array());
    chunk.set("usage", usage);
    return chunk;
  }

  /// The first delta of a call: its later ones have arguments only.
  static ObjectNode callBegin(int index, String id, String name) {
    ObjectNode delta = Json.object();
    ObjectNode call = call(delta, index);
    call.put("id", id);
    call.put("type", "function");
    call.putObject("function").put("name", name).put("arguments", "");
    return delta;
  }

  static ObjectNode callArguments(int index, String arguments) {
    ObjectNode delta = Json.object();
    call(delta, index).putObject("function").put("arguments", arguments);
    return delta;
  }

  private static ObjectNode call(ObjectNode delta, int index) {
    ArrayNode calls = delta.putArray("tool_calls");
    return calls.addObject().put("index", index);
  }
}
