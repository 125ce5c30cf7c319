package dev.jmr.model.tokenizer;

import dev.jmr.gguf.GgufMetadata;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/// Finds out which tokens have a meaning: by metadata key, else by text, and corrects the types that files get wrong.
///
/// Source: llama.cpp `llama_vocab::impl::load`, with its corrections for gpt-oss, solar-open and Gemma 4.
final class SpecialTokensReader {
  private static final Logger LOG = System.getLogger(SpecialTokensReader.class.getName());
  private static final String ADD_BOS = "tokenizer.ggml.add_bos_token";
  private static final String ADD_EOS = "tokenizer.ggml.add_eos_token";
  private static final String ADD_SEPARATOR = "tokenizer.ggml.add_sep_token";
  private static final long UNSET = 0xFFFFFFFFL;
  private static final List<String> ALWAYS_SHOWN =
      List.of("<|channel|>", "<|message|>", "<|start|>", "<|constrain|>");

  /// What a family of tokenizers assumes where the metadata says nothing.
  record Defaults(
      Map<SpecialToken, Integer> ids, boolean addBos, boolean addEos, boolean addSeparator) {}

  /// What was found: the special tokens, and the vocabulary with corrected types.
  record Result(Vocabulary vocabulary, SpecialTokens specialTokens) {}

  private final GgufMetadata metadata;
  private final Map<SpecialToken, Integer> ids = new EnumMap<>(SpecialToken.class);
  private final Set<Integer> endOfGeneration = new TreeSet<>();
  private Vocabulary vocabulary;

  private SpecialTokensReader(GgufMetadata metadata, Vocabulary vocabulary) {
    this.metadata = metadata;
    this.vocabulary = vocabulary;
  }

  static Result read(GgufMetadata metadata, Vocabulary vocabulary, Defaults defaults) {
    return new SpecialTokensReader(metadata, vocabulary).read(defaults);
  }

  private Result read(Defaults defaults) {
    for (SpecialToken token : SpecialToken.values()) {
      readKeys(token, defaults);
    }
    boolean addBos = isAdded(ADD_BOS, SpecialToken.BOS, defaults.addBos());
    boolean addEos = isAdded(ADD_EOS, SpecialToken.EOS, defaults.addEos());
    boolean addSeparator = isAdded(ADD_SEPARATOR, SpecialToken.SEPARATOR, defaults.addSeparator());
    findByText();
    findEndOfGeneration();
    int[] ends = endOfGeneration.stream().mapToInt(Integer::intValue).toArray();
    return new Result(vocabulary, new SpecialTokens(ids, addBos, addEos, addSeparator, ends));
  }

  private void readKeys(SpecialToken token, Defaults defaults) {
    Integer assumed = defaults.ids().get(token);
    if (assumed != null && assumed < vocabulary.size()) {
      ids.put(token, assumed);
    }
    token.keys().forEach(key -> readKey(key, token));
  }

  /// An id outside of the vocabulary names no token; files with such a padding token are common.
  private void readKey(String key, SpecialToken token) {
    OptionalLong value = metadata.integer(key);
    if (value.isEmpty() || value.getAsLong() == UNSET || value.getAsLong() == -1) {
      return;
    }
    long id = value.getAsLong();
    if (id >= 0 && id < vocabulary.size()) {
      ids.put(token, (int) id);
    } else {
      LOG.log(
          Level.WARNING,
          "{0}: expected an id from 0 to {1}, got {2}; it is left out",
          key,
          Integer.toString(vocabulary.size() - 1),
          Long.toString(id));
    }
  }

  /// What is only assumed falls away where the vocabulary has no such token; what the file asks for must be there.
  private boolean isAdded(String key, SpecialToken token, boolean assumed) {
    boolean known = ids.containsKey(token);
    boolean added = metadata.bool(key).orElse(assumed && known);
    if (added && !known) {
      throw new TokenizerException(
          "%s: expected %s to say which token is added, got nothing"
              .formatted(key, token.keys().getFirst()));
    }
    return added;
  }

  private void findByText() {
    for (SpecialToken token : SpecialToken.values()) {
      if (ids.containsKey(token)) {
        continue;
      }
      for (String text : token.texts()) {
        int id = vocabulary.find(text);
        if (id != TokenIndex.NONE) {
          ids.put(token, id);
          setType(TokenType.CONTROL, id);
          break;
        }
      }
    }
  }

  private void findEndOfGeneration() {
    endAt(SpecialToken.FIM_PADDING, SpecialToken.FIM_REPOSITORY, SpecialToken.FIM_SEPARATOR);
    for (String text : SpecialToken.END_OF_GENERATION) {
      int id = vocabulary.find(text);
      if (id != TokenIndex.NONE) {
        endOfGeneration.add(id);
        setType(TokenType.CONTROL, id);
      }
    }
    for (String text : ALWAYS_SHOWN) {
      int id = vocabulary.find(text);
      if (id != TokenIndex.NONE) {
        setType(TokenType.USER_DEFINED, id);
      }
    }
    endAt(SpecialToken.EOS, SpecialToken.EOT, SpecialToken.EOM);
    boolean endIsInside =
        (ends("<|return|>") && ends("<|call|>"))
            || (ends("<|flush|>") && (ends("<|call|>") || ends("<|calls|>")));
    if (endIsInside && ends("<|end|>")) {
      doNotEndAt("<|end|>", TokenType.USER_DEFINED);
    }
    if (ends("<|tool_response>") && ends("</s>")) {
      doNotEndAt("</s>", TokenType.NORMAL);
    }
  }

  private void endAt(SpecialToken... tokens) {
    Arrays.stream(tokens).filter(ids::containsKey).forEach(t -> endOfGeneration.add(ids.get(t)));
  }

  private boolean ends(String text) {
    return endOfGeneration.contains(vocabulary.find(text));
  }

  private void doNotEndAt(String text, TokenType type) {
    int id = vocabulary.find(text);
    endOfGeneration.remove(id);
    setType(type, id);
  }

  private void setType(TokenType type, int id) {
    if (vocabulary.type(id) != type) {
      vocabulary = vocabulary.withType(type, id);
    }
  }
}
