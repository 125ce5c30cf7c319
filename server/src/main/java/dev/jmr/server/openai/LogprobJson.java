package dev.jmr.server.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.runtime.ChosenToken;
import dev.jmr.runtime.TokenLogprob;
import dev.jmr.server.http.Json;
import java.util.List;

/// Log probabilities as OpenAI's API shows them.
final class LogprobJson {
  /// OpenAI's word for what is very unlikely: JSON has no infinity.
  private static final double UNLIKELY = -9999;

  private LogprobJson() {}

  /// Of a chat completion: `{"content": […], "refusal": null}`.
  static ObjectNode chat(List<ChosenToken> tokens) {
    ObjectNode node = Json.object();
    ArrayNode content = node.putArray("content");
    for (ChosenToken token : tokens) {
      ObjectNode entry = token(token.chosen());
      ArrayNode top = entry.putArray("top_logprobs");
      token.top().forEach(other -> top.add(token(other)));
      content.add(entry);
    }
    node.putNull("refusal");
    return node;
  }

  private static ObjectNode token(TokenLogprob token) {
    ObjectNode node = Json.object();
    node.put("token", token.text());
    node.put("logprob", finite(token));
    ArrayNode bytes = node.putArray("bytes");
    for (byte b : token.bytes()) {
      bytes.add(b & 0xFF);
    }
    return node;
  }

  private static double finite(TokenLogprob token) {
    return Double.isFinite(token.logprob()) ? token.logprob() : UNLIKELY;
  }

  /// Of a plain completion.
  ///
  /// @param textOffset where the text of these tokens begins
  static ObjectNode text(List<ChosenToken> tokens, int textOffset) {
    ObjectNode node = Json.object();
    ArrayNode texts = node.putArray("tokens");
    ArrayNode logprobs = node.putArray("token_logprobs");
    ArrayNode tops = node.putArray("top_logprobs");
    ArrayNode offsets = node.putArray("text_offset");
    int offset = textOffset;
    for (ChosenToken token : tokens) {
      texts.add(token.chosen().text());
      logprobs.add(finite(token.chosen()));
      ObjectNode top = tops.addObject();
      token.top().forEach(other -> top.put(other.text(), finite(other)));
      offsets.add(offset);
      offset += token.chosen().text().length();
    }
    return node;
  }
}
