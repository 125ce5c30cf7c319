package dev.jmr.model.chat;

import dev.jmr.model.chat.ChatMessage.Role;
import java.util.List;

/// The plain family of formats: every message is `beforeRole role afterRole content afterContent`, and the prompt for an
/// answer is the beginning of such a turn.
///
/// @param trims whether white space around the content goes
/// @param defaultSystem what the system says when the conversation does not begin with it; empty for nothing
/// @param ending what follows the last message when no answer is asked for
record Turns(
    String name,
    String beforeRole,
    String afterRole,
    String afterContent,
    boolean trims,
    String defaultSystem,
    String ending)
    implements ChatFormat {

  static Turns of(String name, String beforeRole, String afterRole, String afterContent) {
    return new Turns(name, beforeRole, afterRole, afterContent, false, "", "");
  }

  Turns trimming() {
    return new Turns(name, beforeRole, afterRole, afterContent, true, defaultSystem, ending);
  }

  Turns withDefaultSystem(String text) {
    return new Turns(name, beforeRole, afterRole, afterContent, trims, text, ending);
  }

  Turns withEnding(String text) {
    return new Turns(name, beforeRole, afterRole, afterContent, trims, defaultSystem, text);
  }

  @Override
  public String render(List<ChatMessage> messages, boolean addGenerationPrompt) {
    StringBuilder prompt = new StringBuilder();
    if (Conversations.first(messages).role() != Role.SYSTEM && !defaultSystem.isEmpty()) {
      prompt.append(turn(Role.SYSTEM, defaultSystem));
    }
    append(prompt, messages, addGenerationPrompt);
    return prompt.toString();
  }

  /// Appends the turns of these messages, of which there may be none, and the beginning of the answer or the ending.
  void append(StringBuilder prompt, List<ChatMessage> messages, boolean addGenerationPrompt) {
    for (ChatMessage message : messages) {
      String content = message.content();
      prompt.append(turn(message.role(), trims ? PythonStrings.strip(content) : content));
    }
    if (addGenerationPrompt) {
      prompt.append(beforeRole).append(Role.ASSISTANT.text()).append(afterRole);
    } else {
      prompt.append(ending);
    }
  }

  /// One turn with the content as it is.
  String turn(Role role, String content) {
    return beforeRole + role.text() + afterRole + content + afterContent;
  }
}
