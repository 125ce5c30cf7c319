package dev.jmr.cli.chat;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.model.chat.ChatInput;
import dev.jmr.model.chat.ChatMessage;
import dev.jmr.runtime.AnswerFormat;
import dev.jmr.runtime.AnswerRules;
import dev.jmr.runtime.GenerationRequest;
import dev.jmr.runtime.Prompt;
import dev.jmr.runtime.Reasoning;
import dev.jmr.runtime.RequestException;
import dev.jmr.runtime.ToolChoice;

/// A request as OpenAI's API has it. What is as by default is left out: servers have their own, and not all know all fields.
final class RequestBody {
  static final ObjectMapper JSON = new ObjectMapper();

  private RequestBody() {}

  /// A streamed request to `/chat/completions`, or to `/completions` for a text.
  ///
  /// @throws RequestException if it cannot be said in this API
  static ObjectNode of(String model, GenerationRequest request) {
    ObjectNode body = JSON.createObjectNode().put("model", model).put("stream", true);
    body.putObject("stream_options").put("include_usage", true);
    switch (request.prompt()) {
      case Prompt.Chat(ChatInput input) -> addConversation(body, input, request.rules());
      case Prompt.Text(String text, boolean _) -> body.put("prompt", text);
      case Prompt.Tokens _ ->
          throw new RequestException("prompt: expected a text for a server, got token ids");
    }
    if (request.maxTokens() > 0) {
      body.put("max_tokens", request.maxTokens());
    }
    if (!request.stop().strings().isEmpty()) {
      request.stop().strings().forEach(body.putArray("stop")::add);
    }
    SamplingFields.add(body, request.sampling());
    addFormat(body, request.rules().format());
    addReasoning(body, request.rules().reasoning());
    return body;
  }

  private static void addConversation(ObjectNode body, ChatInput input, AnswerRules rules) {
    ArrayNode messages = body.putArray("messages");
    for (ChatMessage message : input.messages()) {
      messages.addObject().put("role", message.role().text()).put("content", message.content());
    }
    if (!input.tools().isEmpty()) {
      body.set("tools", JSON.valueToTree(input.tools()));
      addChoice(body, rules.toolChoice());
      if (!rules.parallelToolCalls()) {
        body.put("parallel_tool_calls", false);
      }
    }
  }

  private static void addChoice(ObjectNode body, ToolChoice choice) {
    switch (choice) {
      case ToolChoice.Auto _ -> body.put("tool_choice", "auto");
      case ToolChoice.None _ -> body.put("tool_choice", "none");
      case ToolChoice.Required _ -> body.put("tool_choice", "required");
      case ToolChoice.Named(String tool) ->
          body.putObject("tool_choice")
              .put("type", "function")
              .putObject("function")
              .put("name", tool);
    }
  }

  private static void addFormat(ObjectNode body, AnswerFormat format) {
    switch (format) {
      case AnswerFormat.Text _ -> {
        // Anything goes.
      }
      case AnswerFormat.JsonObject _ ->
          body.putObject("response_format").put("type", "json_object");
      case AnswerFormat.Schema(String schema) ->
          body.putObject("response_format")
              .put("type", "json_schema")
              .putObject("json_schema")
              .put("name", "answer")
              .set("schema", schema(schema));
      case AnswerFormat.Grammar(String gbnf) -> body.put("grammar", gbnf);
      case AnswerFormat.Regex(String pattern) -> body.put("guided_regex", pattern);
      case AnswerFormat.Choice choice ->
          choice.texts().forEach(body.putArray("guided_choice")::add);
    }
  }

  private static JsonNode schema(String text) {
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      throw new RequestException("json_schema: expected JSON, got " + e.getOriginalMessage(), e);
    }
  }

  private static void addReasoning(ObjectNode body, Reasoning reasoning) {
    if (reasoning.mode() != Reasoning.Mode.DEFAULT) {
      body.putObject("chat_template_kwargs")
          .put("enable_thinking", reasoning.mode() == Reasoning.Mode.ON);
    }
    if (reasoning.mode() == Reasoning.Mode.OFF) {
      body.put("reasoning_budget", 0);
    }
    reasoning.effort().ifPresent(effort -> body.put("reasoning_effort", effort));
    reasoning.budget().ifPresent(tokens -> body.put("reasoning_budget", tokens));
  }
}
