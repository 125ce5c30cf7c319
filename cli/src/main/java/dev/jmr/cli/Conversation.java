package dev.jmr.cli;

import dev.jmr.model.chat.ChatInput;
import dev.jmr.model.chat.ChatMessage;
import dev.jmr.model.chat.ChatMessage.Role;
import dev.jmr.runtime.Engine;
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
  private final Engine engine;
  private final boolean chat;
  private final List<ChatMessage> messages = new ArrayList<>();
  private final StringBuilder transcript = new StringBuilder();

  /// @param chat whether the engine can turn messages into a prompt for this model
  Conversation(Engine engine, boolean chat) {
    this.engine = engine;
    this.chat = chat;
  }

  /// Asks for the next answer. The question belongs to the conversation once it is [#answered].
  ///
  /// @throws dev.jmr.runtime.RequestException if it does not fit the context, or cannot be answered by the rules
  Generation ask(String question, ChatSettings settings) {
    return engine.submit(
        new GenerationRequest(prompt(question, settings), settings.sampling(), settings.maxTokens())
            .withStop(settings.stop())
            .withRules(settings.rules()));
  }

  /// Takes note of a question and its answer, be it cut off or not.
  void answered(String question, String answer) {
    messages.add(new ChatMessage(Role.USER, question));
    messages.add(new ChatMessage(Role.ASSISTANT, answer));
    transcript.append(question).append(answer).append('\n');
  }

  /// Forgets everything.
  void clear() {
    messages.clear();
    transcript.setLength(0);
  }

  private Prompt prompt(String question, ChatSettings settings) {
    if (!chat) {
      return new Prompt.Text(transcript + question, false);
    }
    List<ChatMessage> all = new ArrayList<>();
    settings.system().ifPresent(system -> all.add(new ChatMessage(Role.SYSTEM, system)));
    all.addAll(messages);
    all.add(new ChatMessage(Role.USER, question));
    return new Prompt.Chat(new ChatInput(all, settings.tools(), Map.of(), true));
  }
}
