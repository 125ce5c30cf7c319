package dev.jmr.server.llamaserver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.model.chat.ChatInput;
import dev.jmr.model.chat.ChatMessage;
import dev.jmr.model.chat.ChatMessage.Role;
import dev.jmr.model.chat.ToolCall;
import dev.jmr.runtime.AnswerRules;
import dev.jmr.runtime.GenerationRequest;
import dev.jmr.runtime.Reasoning;
import dev.jmr.runtime.RequestException;
import dev.jmr.runtime.ToolChoice;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Conversations as `llama-server` reads them: OpenAI's chat completions and its own fields.
final class ChatJson {
  private ChatJson() {}

  /// A request for an answer.
  ///
  /// @throws RequestException if it asks for what the server cannot do
  static ObjectNode of(GenerationRequest request, ChatInput input) {
    if (request.stop().includeString()) {
      throw new RequestException(
          "include_stop_str_in_output: expected false in a conversation, as llama-server does not tell where it stopped, got true");
    }
    ObjectNode body = RequestJson.of(request);
    body.putObject("stream_options").put("include_usage", true);
    AnswerRules rules = request.rules();
    addConversation(body, input, rules.toolChoice());
    if (!input.tools().isEmpty()) {
      body.put("parallel_tool_calls", rules.parallelToolCalls());
      body.put("tool_choice", choice(rules.toolChoice()));
    }
    addReasoning(body, rules.reasoning());
    FormatJson.add(body, rules.format());
    request
        .topLogprobs()
        .ifPresent(top -> body.put("logprobs", true).put("top_logprobs", Math.max(1, top)));
    return body;
  }

  /// What makes the prompt.
  static void addConversation(ObjectNode body, ChatInput input, ToolChoice choice) {
    ArrayNode messages = body.putArray("messages");
    input.messages().forEach(message -> messages.add(message(message)));
    if (!input.tools().isEmpty()) {
      body.set("tools", RequestJson.mapper().valueToTree(tools(input.tools(), choice)));
    }
    if (!input.kwargs().isEmpty()) {
      body.set("chat_template_kwargs", RequestJson.mapper().valueToTree(input.kwargs()));
    }
    body.put("add_generation_prompt", input.addGenerationPrompt());
  }

  private static ObjectNode message(ChatMessage message) {
    ObjectNode node = RequestJson.object().put("role", message.role().text());
    if (message.content().isEmpty() && message.role() == Role.ASSISTANT) {
      node.putNull("content");
    } else {
      node.put("content", message.content());
    }
    message.reasoning().ifPresent(text -> node.put("reasoning_content", text));
    message.toolCallId().ifPresent(id -> node.put("tool_call_id", id));
    message.name().ifPresent(name -> node.put("name", name));
    if (!message.toolCalls().isEmpty()) {
      ArrayNode calls = node.putArray("tool_calls");
      for (ToolCall call : message.toolCalls()) {
        ObjectNode each = calls.addObject().put("id", call.id()).put("type", "function");
        each.putObject("function").put("name", call.name()).put("arguments", call.arguments());
      }
    }
    return node;
  }

  /// The one that must be called, where one must be: the server knows only that one must.
  private static List<Map<String, Object>> tools(
      List<Map<String, Object>> tools, ToolChoice choice) {
    return choice instanceof ToolChoice.Named(String name)
        ? tools.stream().filter(tool -> isCalled(tool, name)).toList()
        : tools;
  }

  private static boolean isCalled(Map<String, Object> tool, String name) {
    return tool.get("function") instanceof Map<?, ?> function
        && Objects.equals(function.get("name"), name);
  }

  private static String choice(ToolChoice choice) {
    return switch (choice) {
      case ToolChoice.Auto _ -> "auto";
      case ToolChoice.None _ -> "none";
      case ToolChoice.Required _, ToolChoice.Named _ -> "required";
    };
  }

  private static void addReasoning(ObjectNode body, Reasoning reasoning) {
    if (reasoning.mode() != Reasoning.Mode.DEFAULT) {
      body.withObjectProperty("chat_template_kwargs")
          .put("enable_thinking", reasoning.mode() == Reasoning.Mode.ON);
    }
    reasoning.effort().ifPresent(effort -> body.put("reasoning_effort", effort));
    reasoning.limit().ifPresent(tokens -> body.put("reasoning_budget_tokens", tokens));
  }
}
