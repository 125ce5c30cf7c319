package dev.jmr.runtime.local;

import dev.jmr.runtime.ContextExceededException;
import dev.jmr.runtime.ContextOverflow;
import dev.jmr.runtime.RequestException;
import java.util.Arrays;

/// Sees to it that prompts fit the context. Immutable.
///
/// @param trained tokens of the context that the model was trained with
record PromptFit(int contextLength, int trained) {
  /// A prompt that is refused if it is too long.
  ///
  /// @throws ContextExceededException if it is too long
  /// @throws RequestException if it is empty
  int[] whole(int[] ids) {
    if (ids.length == 0) {
      throw new RequestException("prompt: expected at least one token, got none");
    }
    if (ids.length >= contextLength) {
      throw new ContextExceededException(tooLong(ids.length), ids.length, contextLength);
    }
    return ids;
  }

  /// A prompt that is cut if it is too long and the request allows it.
  ///
  /// @param maxTokens of the answer; 0 = no limit
  /// @param first tokens that stay at least
  /// @throws RequestException as [#whole]
  int[] cut(int[] ids, ContextOverflow overflow, int maxTokens, int first) {
    if (ids.length < contextLength || !overflow.truncates() || contextLength < 2) {
      return whole(ids);
    }
    int answer = Math.clamp(maxTokens == 0 ? contextLength / 4 : maxTokens, 1, contextLength / 2);
    int room = contextLength - answer;
    int keep = Math.min(Math.max(overflow.keep(), first), room / 2);
    int[] cut = Arrays.copyOf(ids, room);
    System.arraycopy(ids, ids.length - (room - keep), cut, keep, room - keep);
    return cut;
  }

  private String tooLong(int count) {
    String room = count == contextLength ? " and leaves no room for an answer" : "";
    String remedy = contextLength < trained ? "use a larger --ctx" : "shorten it";
    return "prompt has %d tokens, the context holds %d%s; %s (the model was trained with %d)"
        .formatted(count, contextLength, room, remedy, trained);
  }
}
