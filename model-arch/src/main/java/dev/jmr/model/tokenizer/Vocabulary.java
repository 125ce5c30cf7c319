package dev.jmr.model.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntFunction;

/// The tokens of a model: text, type and score of each. Immutable.
///
/// Texts lie packed in one array in the form that the file has, so that a vocabulary of 256k tokens is read without
/// making as many strings.
final class Vocabulary {
  private final byte[] packed;
  private final int[] starts;
  private final byte[] types;
  private final float[] scores;
  private final TokenIndex index;
  private final int longestToken;

  private Vocabulary(
      byte[] packed, int[] starts, byte[] types, float[] scores, TokenIndex index, int longest) {
    this.packed = packed;
    this.starts = starts;
    this.types = types;
    this.scores = scores;
    this.index = index;
    this.longestToken = longest;
  }

  /// A vocabulary of `size` tokens.
  ///
  /// @param text the bytes of each token
  /// @param types [TokenType] numbers, one for each token
  /// @param scores one for each token
  /// @throws TokenizerException if two tokens have the same text, or sizes differ
  static Vocabulary of(int size, IntFunction<byte[]> text, int[] types, float[] scores) {
    requireSize("tokenizer.ggml.token_type", size, types.length);
    requireSize("tokenizer.ggml.scores", size, scores.length);
    byte[] packed = new byte[Math.max(64, size * 8)];
    int[] starts = new int[size + 1];
    int longest = 0;
    for (int id = 0; id < size; id++) {
      byte[] bytes = text.apply(id);
      int end = Math.addExact(starts[id], bytes.length);
      if (end > packed.length) {
        packed = Arrays.copyOf(packed, Math.max(end, packed.length + (packed.length >> 1)));
      }
      System.arraycopy(bytes, 0, packed, starts[id], bytes.length);
      starts[id + 1] = end;
      longest = Math.max(longest, bytes.length);
    }
    byte[] typeIds = new byte[size];
    for (int id = 0; id < size; id++) {
      typeIds[id] = (byte) TokenType.ofId(types[id]).id();
    }
    TokenIndex index = index(packed, starts);
    return new Vocabulary(packed, starts, typeIds, scores.clone(), index, longest);
  }

  private static TokenIndex index(byte[] packed, int[] starts) {
    TokenIndex index = new TokenIndex(packed, starts);
    for (int id = 0; id < starts.length - 1; id++) {
      if (starts[id] == starts[id + 1]) {
        continue;
      }
      int other = index.add(id);
      if (other != TokenIndex.NONE) {
        String text =
            new String(packed, starts[id], starts[id + 1] - starts[id], StandardCharsets.UTF_8);
        throw new TokenizerException(
            "tokenizer.ggml.tokens: expected different texts, got '%s' with the ids %d and %d"
                .formatted(text, other, id));
      }
    }
    return index;
  }

  private static void requireSize(String key, int expected, int actual) {
    if (expected != actual) {
      throw new TokenizerException(
          "%s: expected one value for each of the %d tokens, got %d"
              .formatted(key, expected, actual));
    }
  }

  /// The same tokens, with the types of some changed.
  Vocabulary withType(TokenType type, int... ids) {
    byte[] changed = types.clone();
    for (int id : ids) {
      changed[id] = (byte) type.id();
    }
    return new Vocabulary(packed, starts, changed, scores, index, longestToken);
  }

  int size() {
    return types.length;
  }

  /// The number of bytes of the longest text.
  int longestToken() {
    return longestToken;
  }

  TokenIndex index() {
    return index;
  }

  TokenType type(int id) {
    return TokenType.ofId(types[checked(id)]);
  }

  float score(int id) {
    return scores[checked(id)];
  }

  byte[] bytes(int id) {
    return Arrays.copyOfRange(packed, starts[checked(id)], starts[id + 1]);
  }

  String text(int id) {
    int start = starts[checked(id)];
    return new String(packed, start, starts[id + 1] - start, StandardCharsets.UTF_8);
  }

  /// The token with this text, or [TokenIndex#NONE].
  int find(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return index.find(bytes, 0, bytes.length);
  }

  private int checked(int id) {
    if (id < 0 || id >= types.length) {
      throw new TokenizerException(
          "token id: expected 0 to %d, got %d".formatted(types.length - 1, id));
    }
    return id;
  }
}
