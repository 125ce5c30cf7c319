package dev.jmr.model.tokenizer;

import dev.jmr.gguf.GgufMetadata;
import java.util.Arrays;

/// SentencePiece's normalization: replacements by [CharsMap], and spaces written as `▁`, where asked for with one in
/// front of the text and none more than separates two words. Source: llama.cpp `llm_tokenizer_ugm_session::normalize`.
record UnigramNormalizer(CharsMap map, boolean addSpacePrefix, boolean removeExtraWhitespaces) {
  private static final int ESCAPED_SPACE = '▁';

  static UnigramNormalizer of(GgufMetadata metadata) {
    return new UnigramNormalizer(
        metadata
            .integers(CharsMap.KEY)
            .filter(values -> values.length > 0)
            .map(UnigramNormalizer::bytes)
            .map(CharsMap::of)
            .orElseGet(CharsMap::empty),
        metadata.bool("tokenizer.ggml.add_space_prefix").orElse(false),
        metadata.bool("tokenizer.ggml.remove_extra_whitespaces").orElse(false));
  }

  private static byte[] bytes(int[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      if (values[i] < Byte.MIN_VALUE || values[i] > 0xFF) {
        throw new TokenizerException(
            "%s[%d]: expected a byte, got %d".formatted(CharsMap.KEY, i, values[i]));
      }
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  /// Whether a normalized text starts with a space that is not in the text.
  boolean startsWithSpace() {
    return addSpacePrefix || removeExtraWhitespaces;
  }

  /// `text[from, to)` normalized, in UTF-8.
  byte[] normalize(String text, int from, int to) {
    byte[] bytes = new byte[Math.multiplyExact(to - from, Utf8.MAX_BYTES_PER_CHAR)];
    int end = Utf8.encode(text, from, to, bytes, 0);
    Output output = new Output(end);
    int at = 0;
    while (at < end) {
      long match = map.match(bytes, at, end);
      if (match == CharsMap.NONE) {
        int next = Math.min(at + Utf8.length(bytes[at]), end);
        while (at < next) {
          output.add(bytes[at++]);
        }
      } else {
        for (int i = (int) match; map.replacement(i) != 0; i++) {
          output.add(map.replacement(i));
        }
        at += (int) (match >> 32);
      }
    }
    return Arrays.copyOf(output.bytes, output.size);
  }

  /// Takes the replaced bytes and sees to the spaces among them.
  private final class Output {
    private byte[] bytes;
    private int size;
    private boolean prefixed;
    private boolean inWord;

    Output(int expected) {
      bytes = new byte[expected + (expected >> 1) + 16];
    }

    void add(byte b) {
      if (size + 4 > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.addExact(bytes.length, bytes.length >> 1));
      }
      if (b == ' ') {
        inWord = false;
        if (!removeExtraWhitespaces) {
          addSpace();
        }
        return;
      }
      if (!inWord && (removeExtraWhitespaces || (addSpacePrefix && !prefixed))) {
        addSpace();
        prefixed = true;
      }
      inWord = true;
      bytes[size++] = b;
    }

    private void addSpace() {
      size = Utf8.encode(ESCAPED_SPACE, bytes, size);
    }
  }
}
