package dev.jmr.server.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.jmr.runtime.Prompt;
import dev.jmr.server.http.Exchange;
import dev.jmr.server.http.Fields;
import dev.jmr.server.http.Json;
import dev.jmr.server.manager.Lease;
import dev.jmr.server.manager.Mode;
import java.util.List;

/// `POST /tokenize`, `/detokenize` and `/count`, as llama.cpp's server and vLLM have them.
public final class TokenRoutes {
  private static final int MAX_TOKENS = 1 << 22;

  private TokenRoutes() {}

  /// `content` (or `prompt`) to `tokens`.
  public static void tokenize(Exchange exchange) throws InterruptedException {
    Fields fields = exchange.fields();
    String name = fields.has("prompt") ? "prompt" : "content";
    String text = fields.string(name).orElseThrow(() -> fields.missing(name));
    boolean addSpecial =
        fields.bool("add_special", fields.bool("add_special_tokens", name.equals("prompt")));
    boolean parseSpecial = fields.bool("parse_special", true);
    try (Lease lease = exchange.lease(Mode.COMPLETION)) {
      int[] ids =
          Exchange.submit(lease, () -> lease.engine().tokenize(text, addSpecial, parseSpecial));
      var answer = Json.object();
      ArrayNode tokens = answer.putArray("tokens");
      for (int id : ids) {
        tokens.add(id);
      }
      answer.put("count", ids.length);
      answer.put("max_model_len", lease.engine().description().contextLength());
      exchange.send(answer);
    }
  }

  /// `tokens` to `content`.
  public static void detokenize(Exchange exchange) throws InterruptedException {
    Fields fields = exchange.fields();
    List<JsonNode> elements =
        fields.list("tokens", MAX_TOKENS).orElseThrow(() -> fields.missing("tokens"));
    int[] ids = TokenInputs.ids(fields, "tokens", elements);
    try (Lease lease = exchange.lease(Mode.COMPLETION)) {
      String text = Exchange.submit(lease, () -> lease.engine().detokenize(ids));
      exchange.send(Json.object().put("content", text).put("prompt", text));
    }
  }

  /// `messages` (with `tools`) or `prompt` to how many tokens they are as a prompt.
  public static void count(Exchange exchange) throws InterruptedException {
    Fields fields = exchange.fields();
    Prompt prompt =
        fields.has("messages")
            ? new Prompt.Chat(ChatCall.conversation(fields))
            : new Prompt.Text(fields.requiredString("prompt"), true);
    try (Lease lease = exchange.lease(Mode.COMPLETION)) {
      int count = Exchange.submit(lease, () -> lease.engine().tokenize(prompt)).length;
      exchange.send(Json.object().put("input_tokens", count));
    }
  }
}
