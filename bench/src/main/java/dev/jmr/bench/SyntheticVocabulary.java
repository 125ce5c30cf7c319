package dev.jmr.bench;

import dev.jmr.gguf.GgufValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A byte-level BPE vocabulary of any size that was trained on nothing: 256 bytes, words built of syllables, and the
/// special tokens that Llama 3 has.
///
/// Every text can be encoded, and every token decodes to something readable. A word is its beginning plus a syllable
/// (`Ġ`, `Ġba`, `Ġbake`, `Ġbakedo`), so that each token is reached by its merges, whatever stands beside it.
final class SyntheticVocabulary {
  private static final String CONSONANTS = "bdfghjklmnprstvwz";
  private static final String VOWELS = "aeiou";
  private static final String SPACE = "Ġ";
  private static final int BYTES = 256;
  private static final List<String> NAMED_SPECIALS =
      List.of(
          "<|begin_of_text|>",
          "<|end_of_text|>",
          "<|start_header_id|>",
          "<|end_header_id|>",
          "<|eot_id|>");
  private static final int NORMAL = 1;
  private static final int CONTROL = 3;

  private final List<String> tokens = new ArrayList<>();
  private final List<String> merges = new ArrayList<>();
  private final int size;
  private final int firstSpecial;

  /// @throws BenchException if `size` leaves no room for merges or asks for more than syllables can make
  SyntheticVocabulary(int size) {
    this.size = size;
    this.firstSpecial = size - (size < 1 << 16 ? 16 : 256);
    addBytes();
    addWords();
    if (tokens.size() != firstSpecial) {
      throw new BenchException(
          "vocabulary: expected a size that bytes and words of syllables can fill, got " + size);
    }
    addSpecials();
  }

  /// The metadata under `tokenizer.ggml`.
  Map<String, GgufValue> metadata() {
    int[] types = new int[size];
    for (int i = 0; i < size; i++) {
      types[i] = i < firstSpecial ? NORMAL : CONTROL;
    }
    Map<String, GgufValue> metadata = new LinkedHashMap<>();
    metadata.put("tokenizer.ggml.model", GgufValue.string("gpt2"));
    metadata.put("tokenizer.ggml.pre", GgufValue.string("llama-bpe"));
    metadata.put("tokenizer.ggml.tokens", GgufValue.strings(tokens));
    metadata.put("tokenizer.ggml.token_type", GgufValue.integers(types));
    metadata.put("tokenizer.ggml.merges", GgufValue.strings(merges));
    metadata.put("tokenizer.ggml.bos_token_id", GgufValue.uint32(firstSpecial));
    metadata.put("tokenizer.ggml.eos_token_id", GgufValue.uint32(firstSpecial + 1));
    metadata.put("tokenizer.ggml.add_bos_token", GgufValue.bool(true));
    return metadata;
  }

  /// The printable characters that GPT-2 writes bytes with, in the order of its vocabulary.
  private void addBytes() {
    StringBuilder hidden = new StringBuilder();
    char free = BYTES;
    for (int b = 0; b < BYTES; b++) {
      if ((b > ' ' && b < 0x7F) || (b > 0xA0 && b != 0xAD)) {
        tokens.add(String.valueOf((char) b));
      } else {
        hidden.append(free++);
      }
    }
    hidden.chars().forEach(c -> tokens.add(String.valueOf((char) c)));
  }

  private void addWords() {
    merge(letters(CONSONANTS), letters(VOWELS));
    List<String> syllables = syllables();
    List<String> words = List.of(SPACE);
    while (tokens.size() < firstSpecial && !words.isEmpty()) {
      int before = tokens.size();
      merge(words, syllables);
      words = List.copyOf(tokens.subList(before, tokens.size()));
    }
  }

  private static List<String> syllables() {
    List<String> syllables = new ArrayList<>();
    for (String consonant : letters(CONSONANTS)) {
      for (String vowel : letters(VOWELS)) {
        syllables.add(consonant + vowel);
      }
    }
    return syllables;
  }

  private static List<String> letters(String text) {
    return text.chars().mapToObj(Character::toString).toList();
  }

  /// Merges each beginning with each ending, until the vocabulary is full.
  private void merge(List<String> beginnings, List<String> endings) {
    for (String beginning : beginnings) {
      for (String ending : endings) {
        if (tokens.size() == firstSpecial) {
          return;
        }
        tokens.add(beginning + ending);
        merges.add(beginning + " " + ending);
      }
    }
  }

  private void addSpecials() {
    for (int i = 0; tokens.size() < size; i++) {
      tokens.add(
          i < NAMED_SPECIALS.size()
              ? NAMED_SPECIALS.get(i)
              : "<|reserved_special_token_" + (i - NAMED_SPECIALS.size()) + "|>");
    }
  }
}
