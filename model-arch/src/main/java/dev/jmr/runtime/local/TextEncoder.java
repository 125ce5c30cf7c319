package dev.jmr.runtime.local;

import dev.jmr.model.Model;
import dev.jmr.model.embedding.PairEncoder;
import dev.jmr.model.tokenizer.EncodeOptions;
import dev.jmr.model.tokenizer.SpecialTokens;
import dev.jmr.model.tokenizer.Tokenizer;
import dev.jmr.runtime.ContextExceededException;
import dev.jmr.runtime.EmbeddingInput;
import dev.jmr.runtime.RequestException;
import java.util.Arrays;

/// Turns what is to be embedded or ranked into token ids that fit the context. Immutable; used by the threads that ask.
final class TextEncoder {
  /// @param ids at least one, at most as many as the context holds
  /// @param truncated whether there were more
  record Encoded(int[] ids, boolean truncated) {}

  private final Tokenizer tokenizer;
  private final PairEncoder pairs;
  private final int contextLength;

  TextEncoder(Model model, int contextLength) {
    this.tokenizer = model.tokenizer();
    this.pairs = PairEncoder.of(model);
    this.contextLength = contextLength;
  }

  /// The tokens of an input.
  ///
  /// @param what what the input is called in messages
  /// @param truncate whether tokens that are too many are left out
  /// @throws RequestException if they are too many or none, or if there is no such token
  Encoded encode(String what, EmbeddingInput input, boolean truncate) {
    int[] ids =
        switch (input) {
          case EmbeddingInput.Text text ->
              tokenizer.encode(text.text(), new EncodeOptions(true, text.parseSpecial()));
          case EmbeddingInput.Tokens tokens -> checked(what, tokens.ids());
        };
    return fitted(what, ids, truncate);
  }

  /// The tokens of a query and a document, as [#encode] those of an input.
  Encoded encodePair(String what, String query, String document, boolean truncate) {
    return fitted(what, pairs.encode(query, document), truncate);
  }

  private int[] checked(String what, int[] ids) {
    for (int id : ids) {
      if (id < 0 || id >= tokenizer.vocabularySize()) {
        throw new RequestException(
            "%s: expected token ids from 0 to %d, got %d"
                .formatted(what, tokenizer.vocabularySize() - 1, id));
      }
    }
    return ids.clone();
  }

  private Encoded fitted(String what, int[] ids, boolean truncate) {
    if (ids.length == 0) {
      throw new RequestException(what + ": expected at least one token, got none");
    }
    if (ids.length <= contextLength) {
      return new Encoded(ids, false);
    }
    if (!truncate) {
      throw new ContextExceededException(
          "%s: expected at most %d tokens, which the context holds, got %d; shorten it, let it be truncated, or load the model with a larger context"
              .formatted(what, contextLength, ids.length),
          ids.length,
          contextLength);
    }
    return new Encoded(cut(ids), true);
  }

  /// The first tokens; a special one at the end stays there, as the model may look for it.
  private int[] cut(int[] ids) {
    int[] first = Arrays.copyOf(ids, contextLength);
    int last = ids[ids.length - 1];
    SpecialTokens special = tokenizer.specialTokens();
    boolean ends = special.eos().orElse(-1) == last || special.separator().orElse(-1) == last;
    if (ends && contextLength > 1) {
      first[contextLength - 1] = last;
    }
    return first;
  }
}
