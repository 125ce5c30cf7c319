package dev.jmr.server.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.runtime.ChosenToken;
import dev.jmr.runtime.GenerationEvent.Finished;
import dev.jmr.runtime.GenerationEvent.TextDelta;
import dev.jmr.server.http.ApiException;
import dev.jmr.server.http.Exchange;
import dev.jmr.server.http.Fields;
import dev.jmr.server.http.Ids;
import dev.jmr.server.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The answers of a plain completion, whole or as chunks. For one thread.
final class TextChoices {
  private final String id = Ids.next("cmpl-");
  private final long created = Instant.now().getEpochSecond();
  private final String model;
  private final TextRequest request;
  private final boolean logprobs;
  private final Totals totals;
  private final List<Choice> choices = new ArrayList<>();

  /// One answer as it grows.
  private static final class Choice {
    final StringBuilder text;
    final int echoed;
    final List<ChosenToken> tokens = new ArrayList<>();
    String finish = "stop";

    Choice(String echo) {
      this.text = new StringBuilder(echo);
      this.echoed = echo.length();
    }
  }

  /// @throws ApiException 400 if token ids were to be echoed
  TextChoices(Exchange exchange, TextRequest request, List<TokenInputs.Input> prompts) {
    Fields fields = exchange.fields();
    this.model = exchange.model();
    this.request = request;
    this.logprobs = fields.has("logprobs");
    this.totals = new Totals(request.count());
    boolean echo = fields.bool("echo", false);
    for (TokenInputs.Input prompt : prompts) {
      for (int i = 0; i < request.count(); i++) {
        choices.add(new Choice(echo ? text(prompt) : ""));
      }
    }
  }

  private static String text(TokenInputs.Input prompt) {
    return switch (prompt) {
      case TokenInputs.Input.Text(String text) -> text;
      case TokenInputs.Input.Tokens _ ->
          throw ApiException.unsupported(
              "echo", "echo: expected a prompt that is a text beside it, got token ids");
    };
  }

  void add(Answers.Event happened) {
    Choice choice = choices.get(happened.index());
    if (happened.event() instanceof TextDelta delta) {
      choice.text.append(delta.text());
      choice.tokens.addAll(delta.tokens());
    } else if (happened.event() instanceof Finished finished) {
      choice.finish = FinishReason.of(finished.reason(), false);
      totals.add(finished);
    }
  }

  /// All of it.
  ObjectNode json() {
    ObjectNode answer = head();
    ArrayNode array = answer.putArray("choices");
    for (int i = 0; i < choices.size(); i++) {
      Choice choice = choices.get(i);
      array.add(
          json(
              i, choice.text.toString(), choice.tokens, choice.echoed, Optional.of(choice.finish)));
    }
    answer.set("usage", totals.usage());
    answer.set("timings", totals.timings());
    return answer;
  }

  /// What the event means to a client, if anything.
  Optional<ObjectNode> chunk(Answers.Event happened) {
    Choice choice = choices.get(happened.index());
    int offset = choice.text.length();
    add(happened);
    return switch (happened.event()) {
      case TextDelta delta ->
          Optional.of(
              chunk(
                  json(happened.index(), delta.text(), delta.tokens(), offset, Optional.empty())));
      case Finished _ ->
          Optional.of(
              chunk(json(happened.index(), "", List.of(), offset, Optional.of(choice.finish))));
      default -> Optional.empty();
    };
  }

  /// The prompts, where they are to be repeated.
  List<ObjectNode> echoes() {
    List<ObjectNode> chunks = new ArrayList<>();
    for (int i = 0; i < choices.size(); i++) {
      if (choices.get(i).echoed > 0) {
        chunks.add(chunk(json(i, choices.get(i).text.toString(), List.of(), 0, Optional.empty())));
      }
    }
    return chunks;
  }

  /// The last chunk, if it was asked for.
  Optional<ObjectNode> usageChunk() {
    if (!request.includeUsage()) {
      return Optional.empty();
    }
    ObjectNode chunk = head();
    chunk.set("choices", Json.array());
    chunk.set("usage", totals.usage());
    return Optional.of(chunk);
  }

  private ObjectNode chunk(ObjectNode choice) {
    ObjectNode chunk = head();
    chunk.putArray("choices").add(choice);
    return chunk;
  }

  private ObjectNode head() {
    ObjectNode node = Json.object();
    node.put("id", id);
    node.put("object", "text_completion");
    node.put("created", created);
    node.put("model", model);
    return node;
  }

  private ObjectNode json(
      int index, String text, List<ChosenToken> tokens, int offset, Optional<String> finish) {
    ObjectNode choice = Json.object();
    choice.put("index", index);
    choice.put("text", text);
    choice.set("logprobs", logprobs ? LogprobJson.text(tokens, offset) : null);
    choice.put("finish_reason", finish.orElse(null));
    return choice;
  }
}
