package dev.jmr.model.chat;

import java.util.List;
import java.util.Optional;

/// One turn of a conversation.
///
/// @param role who speaks
/// @param content what is said, as it is; may be empty beside tool calls
/// @param reasoning what an assistant thought before, where it is to be shown to the model again
/// @param toolCalls the tools that an assistant calls
/// @param toolCallId which call a tool answers
/// @param name of the tool that answers, or of the speaker
public record ChatMessage(
    Role role,
    String content,
    Optional<String> reasoning,
    List<ToolCall> toolCalls,
    Optional<String> toolCallId,
    Optional<String> name) {
  /// Who speaks.
  public enum Role {
    SYSTEM("system"),
    USER("user"),
    ASSISTANT("assistant"),
    TOOL("tool");

    private final String text;

    Role(String text) {
      this.text = text;
    }

    /// The role's name in templates and in the OpenAI API.
    public String text() {
      return text;
    }
  }

  public ChatMessage {
    toolCalls = List.copyOf(toolCalls);
  }

  /// Plain text.
  public ChatMessage(Role role, String content) {
    this(role, content, Optional.empty(), List.of(), Optional.empty(), Optional.empty());
  }

  /// The same with other content.
  public ChatMessage withContent(String other) {
    return new ChatMessage(role, other, reasoning, toolCalls, toolCallId, name);
  }
}
