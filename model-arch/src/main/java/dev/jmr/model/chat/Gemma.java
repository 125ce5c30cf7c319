package dev.jmr.model.chat;

import dev.jmr.model.chat.ChatMessage.Role;
import java.util.List;
import java.util.Optional;

/// Gemma 1, 2 and 3: turns of `user` and `model`, trimmed, strictly in turn.
///
/// @param takesSystem whether the system's text goes in front of the user's first, as in 3, or is refused, as in 1 and 2
record Gemma(boolean takesSystem) implements ChatFormat {
  private static final String ALTERNATE =
      "Conversation roles must alternate user/assistant/user/assistant/...";

  static Optional<ChatFormat> of(TemplateText template) {
    boolean claimed =
        template.outside().isEmpty()
            && template.has(
                "raise_exception('" + ALTERNATE + "')",
                "{%if add_generation_prompt%}{{'<start_of_turn>model\n'}}{%endif%}")
            && !template.hasAny("think", "tool");
    boolean refusesSystem =
        template.has(
            "{{raise_exception('System role not supported')}}",
            "{{'<start_of_turn>'+role+'\n'+message.content|trim+'<end_of_turn>\n'}}");
    boolean takesSystem =
        template.has(
            "{%set first_user_prefix=messages[0].content+'\n\n'%}",
            "{{'<start_of_turn>'+role+'\n'+(first_user_prefix if loop.first else '')}}",
            "{{message.content|trim}}",
            "{{'<end_of_turn>\n'}}");
    return claimed && takesSystem != refusesSystem
        ? Optional.of(new Gemma(takesSystem))
        : Optional.empty();
  }

  @Override
  public String name() {
    return "gemma";
  }

  @Override
  public String render(List<ChatMessage> messages, boolean addGenerationPrompt) {
    boolean system = Conversations.first(messages).role() == Role.SYSTEM;
    if (system && !takesSystem) {
      throw new ChatFormatException("System role not supported");
    }
    List<ChatMessage> turns = Conversations.withoutSystem(messages);
    Conversations.requireAlternating(turns, ALTERNATE);
    StringBuilder prompt = new StringBuilder();
    for (int i = 0; i < turns.size(); i++) {
      ChatMessage turn = turns.get(i);
      String role = turn.role() == Role.ASSISTANT ? "model" : turn.role().text();
      prompt.append("<start_of_turn>").append(role).append('\n');
      if (i == 0 && system) {
        prompt.append(messages.getFirst().content()).append("\n\n");
      }
      prompt.append(PythonStrings.strip(turn.content())).append("<end_of_turn>\n");
    }
    return addGenerationPrompt
        ? prompt.append("<start_of_turn>model\n").toString()
        : prompt.toString();
  }
}
