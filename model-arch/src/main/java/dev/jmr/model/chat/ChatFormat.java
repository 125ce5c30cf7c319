package dev.jmr.model.chat;

import java.util.List;

/// How the messages of a conversation become the text that a model was trained on. Immutable.
public interface ChatFormat {
  /// The format's short name, for people: `chatml`, `llama3`.
  String name();

  /// The prompt for these messages.
  ///
  /// The text does not begin with BOS, even where the template writes it: tokenize it with the special tokens that the
  /// file asks for added (once, in front), and with the special tokens in the text parsed.
  ///
  /// @param addGenerationPrompt whether to open the assistant's turn at the end, so that the model answers
  /// @throws ChatFormatException if there are no messages, or not in roles and an order that the model's template takes
  String render(List<ChatMessage> messages, boolean addGenerationPrompt);
}
