package dev.jmr.model.chat;

import dev.jmr.model.chat.ChatMessage.Role;
import java.util.List;
import java.util.Optional;

/// Mistral Nemo: `[INST]` without spaces, and the system's text in the user's last turn. (Older and newer Mistrals differ in
/// their spaces and in where the system speaks.)
record MistralNemo() implements ChatFormat {
  private static final String EOS = "</s>";
  private static final String ALTERNATE =
      "After the optional system message, conversation roles must alternate user/assistant/user/assistant/...";

  static Optional<ChatFormat> of(TemplateText template) {
    boolean claimed =
        template.outside().isEmpty()
            && template.has(
                "{{raise_exception('" + ALTERNATE + "')}}",
                "{%if loop.last and system_message is defined%}{{'[INST]'+system_message+'\n\n'+message.content+'[/INST]'}}",
                "{%else%}{{'[INST]'+message.content+'[/INST]'}}{%endif%}",
                "{%elif message.role=='assistant'%}{{message.content+eos_token}}")
            && !template.hasAny("add_generation_prompt", "think", "strip", "trim");
    return claimed ? Optional.of(new MistralNemo()) : Optional.empty();
  }

  @Override
  public String name() {
    return "mistral-nemo";
  }

  /// The template knows no generation prompt: the model answers behind `[/INST]`.
  @Override
  public String render(List<ChatMessage> messages, boolean addGenerationPrompt) {
    boolean system = Conversations.first(messages).role() == Role.SYSTEM;
    List<ChatMessage> turns = Conversations.withoutSystem(messages);
    Conversations.requireAlternating(turns, ALTERNATE);
    StringBuilder prompt = new StringBuilder();
    for (int i = 0; i < turns.size(); i++) {
      ChatMessage turn = turns.get(i);
      switch (turn.role()) {
        case USER -> {
          prompt.append("[INST]");
          if (system && i == turns.size() - 1) {
            prompt.append(messages.getFirst().content()).append("\n\n");
          }
          prompt.append(turn.content()).append("[/INST]");
        }
        case ASSISTANT -> prompt.append(turn.content()).append(EOS);
        case SYSTEM ->
            throw new ChatFormatException(
                "Only user and assistant roles are supported, with the exception of an initial optional system message!");
      }
    }
    return prompt.toString();
  }
}
