package dev.jmr.model.chat;

import dev.jmr.model.chat.ChatMessage.Role;
import java.util.List;

/// What templates ask of the messages as a whole.
final class Conversations {
  private Conversations() {}

  static ChatMessage first(List<ChatMessage> messages) {
    if (messages.isEmpty()) {
      throw new ChatFormatException("messages: expected at least one, got none");
    }
    return messages.getFirst();
  }

  /// What the system says at the beginning, or nothing.
  static String system(List<ChatMessage> messages) {
    ChatMessage first = first(messages);
    return first.role() == Role.SYSTEM ? first.content() : "";
  }

  /// The messages behind the system's first.
  static List<ChatMessage> withoutSystem(List<ChatMessage> messages) {
    return first(messages).role() == Role.SYSTEM ? messages.subList(1, messages.size()) : messages;
  }

  /// @throws ChatFormatException with this text, unless the user and somebody else speak in turn
  static void requireAlternating(List<ChatMessage> messages, String otherwise) {
    for (int i = 0; i < messages.size(); i++) {
      if ((messages.get(i).role() == Role.USER) != (i % 2 == 0)) {
        throw new ChatFormatException(otherwise);
      }
    }
  }
}
