package dev.jmr.model.tokenizer;

import dev.jmr.gguf.GgufMetadata;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// BPE on characters: merges by rank as in [BpeTokenizer], but what is merged are characters, with spaces as `▁`, and
/// what is no token in the end becomes byte tokens, as in SentencePiece.
///
/// Under [PreTokenizer#GEMMA4] a run of line feeds that is a token is taken whole; under [PreTokenizer#WHITESPACE]
/// whitespace is no part of any token and falls away. Source: llama.cpp `llm_tokenizer_bpe` without `byte_encode`,
/// `llm_tokenizer_whitespace_session`.
final class CharacterBpeTokenizer extends VocabularyTokenizer {
  private static final String ESCAPED_SPACE = "▁";

  private final PreTokenizer preTokenizer;
  private final List<Pattern> wordPatterns;
  private final boolean lowercase;
  private final MergeTable merges;
  private final ByteTokens byteTokens;

  private CharacterBpeTokenizer(
      GgufMetadata metadata,
      SpecialTokensReader.Result tokens,
      PreTokenizer preTokenizer,
      MergeTable merges) {
    super(metadata, tokens);
    this.preTokenizer = preTokenizer;
    this.wordPatterns = preTokenizer.compile();
    this.lowercase = metadata.bool("tokenizer.ggml.normalizer.lowercase").orElse(false);
    this.merges = merges;
    this.byteTokens = ByteTokens.written(vocabulary());
  }

  static CharacterBpeTokenizer of(GgufMetadata metadata, PreTokenizer preTokenizer) {
    Vocabulary vocabulary = VocabularyReader.read(metadata);
    var defaults = new SpecialTokensReader.Defaults(Map.of(), preTokenizer.addBos(), false, false);
    return new CharacterBpeTokenizer(
        metadata,
        SpecialTokensReader.read(metadata, vocabulary, defaults),
        preTokenizer,
        VocabularyReader.readMerges(metadata, vocabulary));
  }

  /// Gemma 4 expects BOS even where a file says otherwise.
  @Override
  void begin(TokenBuffer out) {
    if (preTokenizer == PreTokenizer.GEMMA4) {
      specialTokens().bos().ifPresent(out::add);
    } else {
      super.begin(out);
    }
  }

  @Override
  boolean startsWithSpace() {
    return false;
  }

  @Override
  byte[] normalBytes(byte[] token) {
    return preTokenizer == PreTokenizer.WHITESPACE ? token : withSpaces(token);
  }

  @Override
  PieceEncoder pieceEncoder(String text, TokenBuffer out) {
    WordSplitter splitter = new WordSplitter(wordPatterns, text);
    SymbolChain chain = new SymbolChain();
    WordSplitter.Words words = (from, to) -> word(text.substring(from, to), chain, out);
    return (from, to, afterSpecial) -> splitter.split(from, to, words);
  }

  private void word(String word, SymbolChain chain, TokenBuffer out) {
    if (preTokenizer == PreTokenizer.WHITESPACE) {
      if (!WordPieceNormalizer.isWhitespace(word.codePointAt(0))) {
        encode(lowercase ? WordPieceNormalizer.lowercase(word) : word, chain, out);
      }
      return;
    }
    if (preTokenizer == PreTokenizer.GEMMA4 && word.charAt(0) == '\n') {
      OptionalInt whole = idOf(word);
      if (whole.isPresent()) {
        out.add(whole.getAsInt());
        return;
      }
    }
    encode(word.replace(" ", ESCAPED_SPACE), chain, out);
  }

  private void encode(String word, SymbolChain chain, TokenBuffer out) {
    byte[] text = new byte[Math.multiplyExact(word.length(), Utf8.MAX_BYTES_PER_CHAR)];
    int end = Utf8.encode(word, 0, word.length(), text, 0);
    TokenIndex index = vocabulary().index();
    chain.clear();
    for (int at = 0; at < end; at += Utf8.length(text[at])) {
      chain.add(index.find(text, at, at + Utf8.length(text[at])), at);
    }
    chain.merge(merges, end);
    for (int s = chain.first(); s != SymbolChain.NONE; s = chain.next(s)) {
      if (chain.id(s) == SymbolChain.NONE) {
        byteTokens.addAll(text, chain.start(s), chain.end(s), out);
      } else {
        out.add(chain.id(s));
      }
    }
  }
}
