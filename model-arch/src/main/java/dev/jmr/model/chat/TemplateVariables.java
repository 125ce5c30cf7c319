package dev.jmr.model.chat;

import dev.jmr.model.chat.ChatMessage.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The variables of a chat template, as Hugging Face's `apply_chat_template` sets them.
///
/// @param bosToken the text of the token that begins a text; empty if there is none
/// @param eosToken the text of the token that ends a text; empty if there is none
record TemplateVariables(String bosToken, String eosToken) {
  /// How the arguments of a call are given.
  enum Arguments {
    OBJECT,
    TEXT
  }

  /// How the content of a message is given.
  enum Content {
    TEXT,
    PARTS
  }

  /// All variables for one conversation.
  Map<String, @Nullable Object> of(ChatInput input, Arguments arguments, Content content) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("bos_token", bosToken);
    all.put("eos_token", eosToken);
    all.put(
        "messages", input.messages().stream().map(m -> message(m, arguments, content)).toList());
    all.put("tools", input.tools().isEmpty() ? null : input.tools());
    all.put("documents", null);
    all.put("add_generation_prompt", input.addGenerationPrompt());
    all.putAll(input.kwargs());
    return all;
  }

  private static Map<String, @Nullable Object> message(
      ChatMessage message, Arguments arguments, Content content) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("role", message.role().text());
    all.put("content", content == Content.TEXT ? message.content() : parts(message));
    message.reasoning().ifPresent(text -> all.put("reasoning_content", text));
    message.toolCallId().ifPresent(id -> all.put("tool_call_id", id));
    message.name().ifPresent(name -> all.put("name", name));
    if (!message.toolCalls().isEmpty()) {
      List<Map<String, Object>> calls = new ArrayList<>();
      message.toolCalls().forEach(call -> calls.add(call(call, arguments)));
      all.put("tool_calls", calls);
    }
    return all;
  }

  private static List<Map<String, Object>> parts(ChatMessage message) {
    return List.of(Map.of("type", "text", "text", message.content()));
  }

  private static Map<String, Object> call(ToolCall call, Arguments arguments) {
    Optional<Map<?, ?>> object =
        arguments == Arguments.OBJECT ? PlainJson.object(call.arguments()) : Optional.empty();
    Map<String, Object> function = new LinkedHashMap<>();
    function.put("name", call.name());
    function.put("arguments", object.isPresent() ? object.get() : call.arguments());
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("id", call.id());
    all.put("type", "function");
    all.put("function", function);
    return all;
  }

  /// Whether a prompt shows the last thing that a user said: a template that wants parts passes over text.
  static boolean showsContent(String prompt, ChatInput input) {
    return input.messages().reversed().stream()
        .filter(message -> message.role() == Role.USER)
        .findFirst()
        .map(message -> prompt.contains(message.content().strip()))
        .orElse(true);
  }

  /// Whether a prompt shows the arguments of the calls: a template that wants text writes objects as Python would.
  static boolean showsArguments(String prompt, ChatInput input) {
    return input.messages().stream()
        .flatMap(message -> message.toolCalls().stream())
        .flatMap(call -> PlainJson.object(call.arguments()).stream())
        .flatMap(object -> object.keySet().stream())
        .noneMatch(key -> prompt.contains("'" + key + "':"));
  }
}
