package dev.jmr.model.tokenizer;

import dev.jmr.gguf.GgufMetadata;
import java.util.Map;

/// The BPE of Gemma 4 (`gemma4`): merges by rank as in BPE, on characters with spaces as `▁` and byte tokens as in
/// SentencePiece, line by line. Source: llama.cpp `LLAMA_VOCAB_PRE_TYPE_GEMMA4`.
final class Gemma4Tokenizer extends VocabularyTokenizer {
  private final MergeTable merges;
  private final ByteTokens byteTokens;

  private Gemma4Tokenizer(
      GgufMetadata metadata, SpecialTokensReader.Result tokens, MergeTable merges) {
    super(metadata, tokens);
    this.merges = merges;
    this.byteTokens = new ByteTokens(vocabulary(), SpecialTokens.NONE);
  }

  static Gemma4Tokenizer of(GgufMetadata metadata) {
    Vocabulary vocabulary = VocabularyReader.read(metadata);
    var defaults = new SpecialTokensReader.Defaults(Map.of(), true, false);
    return new Gemma4Tokenizer(
        metadata,
        SpecialTokensReader.read(metadata, vocabulary, defaults),
        VocabularyReader.readMerges(metadata, vocabulary));
  }

  /// The model expects BOS even where a file says otherwise.
  @Override
  void begin(TokenBuffer out) {
    specialTokens().bos().ifPresent(out::add);
  }

  @Override
  boolean startsWithSpace() {
    return false;
  }

  @Override
  byte[] normalBytes(byte[] token) {
    return withSpaces(token);
  }

  @Override
  PieceEncoder pieceEncoder(String text, TokenBuffer out) {
    return (from, to, afterSpecial) -> encode(text.substring(from, to).replace(' ', '▁'), out);
  }

  private void encode(String piece, TokenBuffer out) {
    byte[] text = new byte[Math.multiplyExact(piece.length(), Utf8.MAX_BYTES_PER_CHAR)];
    int end = Utf8.encode(piece, 0, piece.length(), text, 0);
    SymbolChain chain = new SymbolChain();
    int from = 0;
    while (from < end) {
      boolean lineFeeds = text[from] == '\n';
      int to = from;
      while (to < end && (text[to] == '\n') == lineFeeds) {
        to++;
      }
      int whole = lineFeeds ? vocabulary().index().find(text, from, to) : TokenIndex.NONE;
      if (whole != TokenIndex.NONE) {
        out.add(whole);
      } else {
        encodeRun(text, from, to, chain, out);
      }
      from = to;
    }
  }

  private void encodeRun(byte[] text, int from, int to, SymbolChain chain, TokenBuffer out) {
    TokenIndex index = vocabulary().index();
    chain.clear();
    for (int at = from; at < to; at += Utf8.length(text[at])) {
      chain.add(index.find(text, at, at + Utf8.length(text[at])), at);
    }
    chain.merge(merges, to);
    for (int s = chain.first(); s != SymbolChain.NONE; s = chain.next(s)) {
      if (chain.id(s) == SymbolChain.NONE) {
        byteTokens.addAll(text, chain.start(s), chain.end(s), out);
      } else {
        out.add(chain.id(s));
      }
    }
  }
}
