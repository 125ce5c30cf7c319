package dev.jmr.cli;

import dev.jmr.cli.chat.Answerer;
import dev.jmr.model.chat.ChatInput;
import dev.jmr.model.chat.ChatMessage;
import dev.jmr.model.chat.ChatMessage.Role;
import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationRequest;
import dev.jmr.runtime.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A conversation with a model: what was said so far goes along with every prompt. For one thread.
///
/// A model without a chat format continues the text of all turns instead.
final class Conversation {
  private final Answerer model;
  private final boolean chat;
  private final List<ChatMessage> messages = new ArrayList<>();

  /// @param chat whether messages can be turned into a prompt for this model
  Conversation(Answerer model, boolean chat) {
    this.model = model;
    this.chat = chat;
  }

  /// Who answers.
  Answerer model() {
    return model;
  }

  /// Asks for the next answer. The question belongs to the conversation once it is [#answered].
  ///
  /// @throws dev.jmr.runtime.RequestException if it does not fit the context, or cannot be answered by the rules
  Generation ask(String question, ChatSettings settings) {
    return model.submit(
        new GenerationRequest(prompt(question, settings), settings.sampling(), settings.maxTokens())
            .withStop(settings.stop())
            .withRules(settings.rules()));
  }

  /// Takes note of a question and its answer, be it cut off or not.
  void answered(String question, String answer) {
    messages.add(new ChatMessage(Role.USER, question));
    messages.add(new ChatMessage(Role.ASSISTANT, answer));
  }

  /// What was said, without the system message.
  List<ChatMessage> messages() {
    return List.copyOf(messages);
  }

  /// Goes on with another conversation.
  void replace(List<ChatMessage> others) {
    messages.clear();
    messages.addAll(others);
  }

  /// Forgets everything.
  void clear() {
    messages.clear();
  }

  private Prompt prompt(String question, ChatSettings settings) {
    return chat
        ? new Prompt.Chat(new ChatInput(all(question, settings), settings.tools(), Map.of(), true))
        : new Prompt.Text(transcript() + question, false);
  }

  private List<ChatMessage> all(String question, ChatSettings settings) {
    List<ChatMessage> all = new ArrayList<>();
    settings.system().ifPresent(system -> all.add(new ChatMessage(Role.SYSTEM, system)));
    all.addAll(messages);
    all.add(new ChatMessage(Role.USER, question));
    return all;
  }

  private String transcript() {
    StringBuilder text = new StringBuilder();
    for (ChatMessage message : messages) {
      text.append(message.content()).append(message.role() == Role.ASSISTANT ? "\n" : "");
    }
    return text.toString();
  }
}
