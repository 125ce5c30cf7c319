package dev.jmr.model.chat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a chat template is given. JSON values are plain Java: maps with string keys, lists, strings, numbers, booleans and
/// `null`.
///
/// @param messages the conversation so far
/// @param tools definitions as in OpenAI's API: `{"type": "function", "function": {…}}`
/// @param kwargs further variables, such as `enable_thinking`
/// @param addGenerationPrompt whether to open the assistant's turn at the end, so that the model answers
public record ChatInput(
    List<ChatMessage> messages,
    List<Map<String, Object>> tools,
    Map<String, Object> kwargs,
    boolean addGenerationPrompt) {
  public ChatInput {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
    kwargs = Collections.unmodifiableMap(new LinkedHashMap<>(kwargs));
  }

  /// A conversation to be answered, without tools.
  public ChatInput(List<ChatMessage> messages) {
    this(messages, List.of(), Map.of(), true);
  }

  /// The same with other messages.
  ChatInput withMessages(List<ChatMessage> others) {
    return new ChatInput(others, tools, kwargs, addGenerationPrompt);
  }
}
