package dev.jmr.server.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.model.chat.ChatMessage;
import dev.jmr.model.chat.ChatMessage.Role;
import dev.jmr.model.chat.ToolCall;
import dev.jmr.server.http.ApiException;
import dev.jmr.server.http.Fields;
import dev.jmr.server.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The messages of a conversation.
final class MessageFields {
  private static final int MAX_MESSAGES = 100_000;
  private static final int MAX_PARTS = 10_000;

  private MessageFields() {}

  /// @throws ApiException 400 or 422 if they make no sense, or hold what cannot be read here
  static List<ChatMessage> read(Fields fields) {
    List<JsonNode> elements =
        fields.list("messages", MAX_MESSAGES).orElseThrow(() -> fields.missing("messages"));
    if (elements.isEmpty()) {
      throw ApiException.invalid("messages", "messages: expected at least one, got none");
    }
    List<ChatMessage> messages = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      messages.add(message(fields.element("messages", i, elements.get(i))));
    }
    return messages;
  }

  private static ChatMessage message(Fields fields) {
    Role role = role(fields);
    return new ChatMessage(
        role,
        content(fields, role),
        fields.string("reasoning_content").or(() -> fields.string("reasoning")),
        role == Role.ASSISTANT ? toolCalls(fields) : List.of(),
        fields.string("tool_call_id"),
        fields.string("name"));
  }

  private static Role role(Fields fields) {
    String role = fields.requiredString("role");
    return switch (role) {
      case "system", "developer" -> Role.SYSTEM;
      case "user" -> Role.USER;
      case "assistant" -> Role.ASSISTANT;
      case "tool", "function" -> Role.TOOL;
      default ->
          throw ApiException.invalid(
              fields.path() + "role",
              "%srole: expected system, developer, user, assistant or tool, got '%s'"
                  .formatted(fields.path(), role));
    };
  }

  /// Text, or parts of text; nothing beside calls of tools.
  private static String content(Fields fields, Role role) {
    Optional<JsonNode> content = fields.value("content");
    if (content.isEmpty()) {
      if (role == Role.ASSISTANT || role == Role.TOOL) {
        return "";
      }
      throw fields.missing("content");
    }
    JsonNode value = content.get();
    if (value.isTextual()) {
      return value.textValue();
    }
    fields.require(value.isArray(), "content", "a string or a list of parts", value);
    List<JsonNode> parts = fields.list("content", MAX_PARTS).orElse(List.of());
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      text.append(part(fields.element("content", i, parts.get(i))));
    }
    return text.toString();
  }

  private static String part(Fields part) {
    String type = part.requiredString("type");
    return switch (type) {
      case "text", "input_text", "output_text" ->
          part.string("text").orElseThrow(() -> part.missing("text"));
      case "refusal" -> part.string("refusal").orElse("");
      case "image_url", "input_audio", "file", "video_url" ->
          throw new ApiException(
              422,
              "invalid_request_error",
              "%stype: expected text, as models here read no other input yet, got %s"
                  .formatted(part.path(), type),
              Optional.of(part.path() + "type"),
              Optional.of("unsupported_content"),
              Optional.empty());
      default ->
          throw ApiException.invalid(
              part.path() + "type", "%stype: expected text, got '%s'".formatted(part.path(), type));
    };
  }

  private static List<ToolCall> toolCalls(Fields fields) {
    List<JsonNode> elements = fields.list("tool_calls", MAX_PARTS).orElse(List.of());
    List<ToolCall> calls = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      Fields call = fields.element("tool_calls", i, elements.get(i));
      Fields function = call.object("function").orElseThrow(() -> call.missing("function"));
      calls.add(
          new ToolCall(
              call.string("id").orElse("call_" + i),
              function.requiredString("name"),
              arguments(function)));
    }
    return calls;
  }

  /// A JSON object as a string, or, as some clients send it, as an object.
  private static String arguments(Fields function) {
    Optional<JsonNode> arguments = function.value("arguments");
    return arguments
        .map(value ->
            value.isTextual()
                ? value.textValue()
                : new String(Json.bytes(value), StandardCharsets.UTF_8))
        .filter(text -> !text.isBlank())
        .orElse("{}");
  }
}
