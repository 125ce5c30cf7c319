package dev.jmr.model.tokenizer;

import dev.jmr.gguf.GgufMetadata;
import dev.jmr.gguf.GgufValue;
import dev.jmr.gguf.NumberArray;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Vocabularies built by hand: tokens in the order of their ids, and whatever else a file may say.
final class TestVocabulary {
  private final Map<String, GgufValue> values = new LinkedHashMap<>();
  private final List<String> tokens = new ArrayList<>();
  private final List<Integer> types = new ArrayList<>();
  private final List<Float> scores = new ArrayList<>();

  TestVocabulary(String model) {
    put("model", GgufValue.string(model));
  }

  TestVocabulary add(TokenType type, double score, String... texts) {
    for (String text : texts) {
      tokens.add(text);
      types.add(type.id());
      scores.add((float) score);
    }
    return this;
  }

  TestVocabulary add(double score, String... texts) {
    return add(TokenType.NORMAL, score, texts);
  }

  /// The byte tokens `<0x00>` to `<0xFF>`.
  TestVocabulary addByteTokens() {
    IntStream.range(0, 256).forEach(b -> add(TokenType.BYTE, 0, "<0x%02X>".formatted(b)));
    return this;
  }

  /// The tokens of byte-level BPE for the bytes from 0 to 255.
  TestVocabulary addByteLevel() {
    byte[] character = new byte[Utf8.MAX_BYTES_PER_CHAR];
    for (int b = 0; b < 256; b++) {
      int length = ByteLevel.encode((byte) b, character, 0);
      add(0, new String(character, 0, length, StandardCharsets.UTF_8));
    }
    return this;
  }

  /// Sets `tokenizer.ggml.<key>`.
  TestVocabulary put(String key, GgufValue value) {
    values.put("tokenizer.ggml." + key, value);
    return this;
  }

  TestVocabulary put(String key, boolean value) {
    return put(key, GgufValue.bool(value));
  }

  TestVocabulary put(String key, int value) {
    return put(key, GgufValue.uint32(value));
  }

  TestVocabulary merges(String... merges) {
    return put("merges", GgufValue.strings(List.of(merges)));
  }

  GgufMetadata metadata() {
    put("tokens", GgufValue.strings(tokens));
    put("token_type", GgufValue.integers(types.stream().mapToInt(Integer::intValue).toArray()));
    float[] all = new float[scores.size()];
    for (int id = 0; id < all.length; id++) {
      all[id] = scores.get(id);
    }
    put("scores", NumberArray.of(all));
    return GgufMetadata.of(values);
  }

  Tokenizer tokenizer() {
    return Tokenizers.of(metadata());
  }

  /// The tokens of `text` as they stand in the vocabulary.
  static List<String> pieces(Tokenizer tokenizer, String text, EncodeOptions options) {
    return IntStream.of(tokenizer.encode(text, options)).mapToObj(tokenizer::tokenText).toList();
  }

  static List<String> pieces(Tokenizer tokenizer, String text) {
    return pieces(tokenizer, text, EncodeOptions.TEXT);
  }
}
