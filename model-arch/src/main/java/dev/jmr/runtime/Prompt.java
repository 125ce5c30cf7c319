package dev.jmr.runtime;

import dev.jmr.model.chat.ChatInput;
import dev.jmr.model.chat.ChatMessage;
import java.util.List;

/// What a generation continues.
public sealed interface Prompt {
  /// Plain text, continued as it is. The special tokens that the model wants around a text are added.
  ///
  /// @param parseSpecial whether the text of a control token such as `<|im_end|>` means that token
  record Text(String text, boolean parseSpecial) implements Prompt {}

  /// Token ids, taken as they are.
  record Tokens(int[] ids) implements Prompt {}

  /// A conversation, turned into text by the model's own chat template.
  record Chat(ChatInput input) implements Prompt {
    /// A conversation to be answered, without tools.
    public Chat(List<ChatMessage> messages) {
      this(new ChatInput(messages));
    }
  }
}
