package dev.jmr.model.tokenizer;

import dev.jmr.gguf.GgufMetadata;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which special tokens swallow the whitespace before or after them. GGUF does not say; it is known by the model's
/// name. Source: llama.cpp `llama_vocab::impl::load`, "per token attributes".
record StripRules(BitSet left, BitSet right) {
  private static final List<String> NOT_STRIPPED_BY_PHI3 = List.of("<unk>", "<s>", "<|endoftext|>");

  static StripRules of(GgufMetadata metadata, Vocabulary vocabulary, SpecialTokenMatcher special) {
    StripRules rules = new StripRules(new BitSet(), new BitSet());
    String name = lower(metadata.string("general.name"));
    String pre = lower(metadata.string("tokenizer.ggml.pre"));
    String architecture = lower(metadata.string("general.architecture"));
    if (pre.contains("jina-v2-de")
        || pre.contains("jina-v2-es")
        || pre.contains("jina-v2-code")
        || architecture.contains("nomic-bert-moe")
        || architecture.contains("jina-bert-v3")) {
      set(rules.left, vocabulary, "<mask>");
    } else if (name.contains("phi-3") || name.contains("phi3")) {
      for (int id : special.ids()) {
        rules.right.set(id);
      }
      for (String text : NOT_STRIPPED_BY_PHI3) {
        int id = vocabulary.find(text);
        if (id != TokenIndex.NONE) {
          rules.right.clear(id);
        }
      }
      set(rules.right, vocabulary, "</s>");
    } else if (name.contains("modern-bert")) {
      set(rules.left, vocabulary, "[MASK]");
    }
    return rules;
  }

  private static String lower(Optional<String> value) {
    return value.orElse("").toLowerCase(Locale.ROOT);
  }

  private static void set(BitSet ids, Vocabulary vocabulary, String text) {
    int id = vocabulary.find(text);
    if (id != TokenIndex.NONE) {
      ids.set(id);
    }
  }

  /// Where the text before this token, which starts at `from`, ends.
  int textEnd(int id, String text, int from, int tokenStart) {
    int end = tokenStart;
    while (left.get(id) && end > from && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  /// Where the text after this token begins.
  int textStart(int id, String text, int tokenEnd) {
    int start = tokenEnd;
    while (right.get(id) && start < text.length() && isSpace(text.charAt(start))) {
      start++;
    }
    return start;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
