package dev.jmr.cli;

import dev.jmr.model.chat.ChatInput;
import dev.jmr.model.chat.ChatMessage;
import dev.jmr.model.chat.ChatMessage.Role;
import dev.jmr.model.chat.ChatTemplateException;
import dev.jmr.model.chat.PlainJson;
import dev.jmr.model.chat.ToolCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Conversations as JSON, in the shapes of OpenAI's chat API.
final class ChatJson {
  private ChatJson() {}

  /// A list of messages, or an object with `messages`, and perhaps `tools` and `chat_template_kwargs`.
  ///
  /// @param variables further variables of the template; they win
  /// @throws CliException saying what is missing or wrong
  static ChatInput read(String json, Map<String, Object> variables, boolean addGenerationPrompt) {
    Object value = parse("messages", json);
    Map<String, Object> body =
        value instanceof List<?> list ? Map.of("messages", list) : map(value);
    Map<String, Object> kwargs = new LinkedHashMap<>();
    if (body.get("chat_template_kwargs") != null) {
      kwargs.putAll(map(body.get("chat_template_kwargs")));
    }
    kwargs.putAll(variables);
    List<ChatMessage> messages = list(body, "messages").stream().map(ChatJson::message).toList();
    List<Map<String, Object>> tools = list(body, "tools").stream().map(ChatJson::map).toList();
    return new ChatInput(messages, tools, kwargs, addGenerationPrompt);
  }

  /// A list of tools, or an object with `tools`.
  ///
  /// @throws CliException if it is neither
  static List<Map<String, Object>> tools(String json) {
    Object value = parse("tools", json);
    Map<String, Object> body = value instanceof List<?> list ? Map.of("tools", list) : map(value);
    return list(body, "tools").stream().map(ChatJson::map).toList();
  }

  /// The members of an object.
  ///
  /// @param name what messages call it
  static Map<String, Object> object(String name, String json) {
    return map(parse(name, json));
  }

  private static Object parse(String name, String json) {
    try {
      return PlainJson.read(json).orElse("null");
    } catch (ChatTemplateException e) {
      throw new CliException(name + ": " + e.getMessage(), e);
    }
  }

  private static ChatMessage message(Object value) {
    Map<String, Object> message = map(value);
    return new ChatMessage(
        role(text(message, "role").orElse("")),
        content(message.get("content")),
        text(message, "reasoning_content"),
        list(message, "tool_calls").stream().map(ChatJson::call).toList(),
        text(message, "tool_call_id"),
        text(message, "name"));
  }

  private static Role role(String name) {
    String known = name.equals("developer") ? "system" : name;
    return Arrays.stream(Role.values())
        .filter(role -> role.text().equals(known))
        .findFirst()
        .orElseThrow(() ->
            new CliException(
                "role: expected system, developer, user, assistant or tool, got '%s'"
                    .formatted(name)));
  }

  /// Text, or the text of all parts.
  private static String content(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case String text -> text;
      case List<?> parts ->
          parts.stream()
              .map(part -> text(map(part), "text").orElse(""))
              .collect(Collectors.joining("\n"));
      default -> throw new CliException("content: expected a text or a list of parts");
    };
  }

  private static ToolCall call(Object value) {
    Map<String, Object> call = map(value);
    Map<String, Object> function = map(call.get("function"));
    Object arguments = function.get("arguments");
    return new ToolCall(
        text(call, "id").orElse(""),
        text(function, "name").orElse(""),
        switch (arguments) {
          case null -> "{}";
          case String text -> text;
          default -> PlainJson.write(arguments);
        });
  }

  private static Optional<String> text(Map<String, Object> members, String name) {
    return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  private static List<Object> list(Map<String, Object> members, String name) {
    return members.get(name) instanceof List<?> list ? new ArrayList<>(list) : List.of();
  }

  private static Map<String, Object> map(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> members)) {
      throw new CliException("json: expected an object, got " + value);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    members.forEach((name, member) -> {
      if (member != null) {
        all.put(String.valueOf(name), member);
      }
    });
    return all;
  }
}
