package dev.jmr.server.llamaserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.runtime.ContextExceededException;
import dev.jmr.runtime.Prompt;
import dev.jmr.runtime.RequestException;
import dev.jmr.runtime.ToolChoice;

/// Turns texts into token ids and back, by asking the server. Thread-safe.
///
/// @param vocabularySize how many ids there are; 0 if that is not known
/// @param contextLength tokens that a prompt may have, and room for one more
record Tokens(ServerCalls calls, int vocabularySize, int contextLength) {
  /// The ids of a text.
  int[] of(String text, boolean addSpecial, boolean parseSpecial) {
    ObjectNode body = RequestJson.object().put("content", text);
    body.put("add_special", addSpecial).put("parse_special", parseSpecial);
    JsonNode tokens = calls.post("/tokenize", body).path("tokens");
    int[] ids = new int[tokens.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = tokens.get(i).asInt();
    }
    return ids;
  }

  /// The ids of a prompt.
  ///
  /// @throws RequestException if it does not fit the context, or an id does not exist
  int[] of(Prompt prompt) {
    return fitting(
        switch (prompt) {
          case Prompt.Text(String text, boolean parseSpecial) -> of(text, true, parseSpecial);
          case Prompt.Tokens(int[] ids) -> checked(ids);
          case Prompt.Chat(var input) -> {
            ObjectNode body = RequestJson.object();
            ChatJson.addConversation(body, input, ToolChoice.AUTO);
            String text = calls.post("/apply-template", body).path("prompt").asText();
            yield of(text, true, true);
          }
        });
  }

  /// Ids that are sent as they are.
  ///
  /// @throws RequestException if one does not exist
  int[] checked(int[] ids) {
    for (int id : ids) {
      if (id < 0 || (vocabularySize > 0 && id >= vocabularySize)) {
        throw new RequestException(
            "token id: expected 0 to %d, got %d".formatted(Math.max(0, vocabularySize - 1), id));
      }
    }
    return ids;
  }

  private int[] fitting(int[] ids) {
    if (ids.length == 0) {
      throw new RequestException("prompt: expected at least one token, got none");
    }
    if (ids.length >= contextLength) {
      throw new ContextExceededException(
          "prompt has %d tokens, the context holds %d; use a larger --ctx or shorten it"
              .formatted(ids.length, contextLength),
          ids.length,
          contextLength);
    }
    return ids;
  }

  /// The text of ids.
  ///
  /// @throws RequestException if one does not exist
  String text(int[] ids) {
    ObjectNode body = RequestJson.object();
    add(body.putArray("tokens"), checked(ids));
    return calls.post("/detokenize", body).path("content").asText();
  }

  static void add(ArrayNode array, int[] ids) {
    for (int id : ids) {
      array.add(id);
    }
  }

  /// A plain text or ids as `/completion` reads them.
  void addTo(ObjectNode body, Prompt prompt) {
    if (prompt instanceof Prompt.Text(String text, boolean parseSpecial) && parseSpecial) {
      if (text.isEmpty()) {
        of(prompt);
      }
      body.put("prompt", text);
    } else {
      add(body.putArray("prompt"), of(prompt));
    }
  }
}
