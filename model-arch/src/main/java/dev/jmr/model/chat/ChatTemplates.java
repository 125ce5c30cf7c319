package dev.jmr.model.chat;

import dev.jmr.model.Model;
import java.util.Optional;

/// Which template a model chats by: one that is given, the one in its file, or one for its vocabulary.
public final class ChatTemplates {
  private ChatTemplates() {}

  /// Where a template is from, for people.
  ///
  /// @param origin `given`, `the model's own`, or `built-in chatml`
  /// @param source Jinja text
  public record Choice(String origin, String source) {}

  /// The template to use; empty if the model has none and its vocabulary shows no way to chat.
  public static Optional<Choice> choose(Model model, Optional<String> given) {
    return given
        .map(source -> new Choice("given", source))
        .or(() -> model.chatTemplate().map(source -> new Choice("the model's own", source)))
        .or(() ->
            BuiltInTemplates.nameFor(model.tokenizer())
                .map(name -> new Choice("built-in " + name, BuiltInTemplates.source(name))));
  }
}
