package dev.jmr.runtime.local;

import dev.jmr.model.Model;
import dev.jmr.model.chat.ChatFormat;
import dev.jmr.model.chat.ChatFormatException;
import dev.jmr.model.chat.ChatFormats;
import dev.jmr.model.chat.ChatMessage;
import dev.jmr.model.tokenizer.EncodeOptions;
import dev.jmr.model.tokenizer.Tokenizer;
import dev.jmr.runtime.EngineDescription;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.Prompt;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Turns prompts into token ids that the engine can run. Immutable; used by the threads that submit requests.
final class PromptEncoder {
  private final Tokenizer tokenizer;
  private final boolean hasTemplate;
  private final Optional<ChatFormat> chatFormat;
  private final int contextLength;
  private final int trainedContextLength;

  PromptEncoder(Model model, EngineDescription description) {
    tokenizer = model.tokenizer();
    hasTemplate = model.chatTemplate().isPresent();
    chatFormat = model.chatTemplate().flatMap(ChatFormats::recognise);
    contextLength = description.contextLength();
    trainedContextLength = description.trainedContextLength();
  }

  /// The ids of the prompt: at least one, and at least one fewer than the context holds.
  ///
  /// @throws EngineException if there is no such token, if they are too many or none, or if the model's chat template is
  ///     not known
  int[] encode(Prompt prompt) {
    int[] ids =
        switch (prompt) {
          case Prompt.Text text -> encode(text.text(), text.parseSpecial());
          case Prompt.Tokens tokens -> checked(tokens.ids());
          case Prompt.Chat chat -> encode(render(chat.messages()), true);
        };
    if (ids.length == 0) {
      throw new EngineException("prompt: expected at least one token, got none");
    }
    if (ids.length >= contextLength) {
      throw new EngineException(tooLong(ids.length));
    }
    return ids;
  }

  /// The text's tokens with those that the model wants around it, where a BOS that the text begins with counts.
  private int[] encode(String text, boolean parseSpecial) {
    int[] ids = tokenizer.encode(text, new EncodeOptions(true, parseSpecial));
    OptionalInt bos = tokenizer.specialTokens().bos();
    boolean twice =
        bos.isPresent()
            && ids.length > 1
            && ids[0] == bos.getAsInt()
            && ids[1] == bos.getAsInt()
            && tokenizer.specialTokens().addBos();
    return twice ? Arrays.copyOfRange(ids, 1, ids.length) : ids;
  }

  private int[] checked(int[] ids) {
    for (int id : ids) {
      if (id < 0 || id >= tokenizer.vocabularySize()) {
        throw new EngineException(
            "token id: expected 0 to %d, got %d".formatted(tokenizer.vocabularySize() - 1, id));
      }
    }
    return ids.clone();
  }

  private String render(List<ChatMessage> messages) {
    ChatFormat format =
        chatFormat.orElseThrow(() ->
            new EngineException(
                "chat template: expected one that is known, got %s; text completion works"
                    .formatted(hasTemplate ? "another" : "none")));
    try {
      return format.render(messages, true);
    } catch (ChatFormatException e) {
      throw new EngineException("chat: " + e.getMessage(), e);
    }
  }

  private String tooLong(int count) {
    String room = count == contextLength ? " and leaves no room for an answer" : "";
    String remedy = contextLength < trainedContextLength ? "use a larger --ctx" : "shorten it";
    return "prompt has %d tokens, the context holds %d%s; %s (the model was trained with %d)"
        .formatted(count, contextLength, room, remedy, trainedContextLength);
  }
}
