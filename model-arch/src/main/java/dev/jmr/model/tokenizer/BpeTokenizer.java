package dev.jmr.model.tokenizer;

import dev.jmr.gguf.GgufMetadata;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Byte-level BPE (`gpt2`): the text is cut into words (see [PreTokenizer]), and the bytes of each word are merged by
/// rank. Source: llama.cpp `llm_tokenizer_bpe_session`.
final class BpeTokenizer extends VocabularyTokenizer {
  private final PreTokenizer preTokenizer;
  private final List<Pattern> wordPatterns;
  private final MergeTable merges;
  private final int[] byteTokens = new int[256];

  private BpeTokenizer(
      GgufMetadata metadata,
      SpecialTokensReader.Result tokens,
      PreTokenizer preTokenizer,
      MergeTable merges) {
    super(metadata, tokens);
    this.preTokenizer = preTokenizer;
    this.wordPatterns = preTokenizer.compile();
    this.merges = merges;
    byte[] character = new byte[Utf8.MAX_BYTES_PER_CHAR];
    for (int b = 0; b < byteTokens.length; b++) {
      int length = ByteLevel.encode((byte) b, character, 0);
      byteTokens[b] = vocabulary().index().find(character, 0, length);
    }
  }

  static BpeTokenizer of(GgufMetadata metadata, PreTokenizer preTokenizer) {
    Vocabulary vocabulary = VocabularyReader.read(metadata);
    var defaults =
        new SpecialTokensReader.Defaults(
            Map.of(), preTokenizer.addBos(), false, preTokenizer.addSeparator());
    return new BpeTokenizer(
        metadata,
        SpecialTokensReader.read(metadata, vocabulary, defaults),
        preTokenizer,
        VocabularyReader.readMerges(metadata, vocabulary));
  }

  @Override
  boolean startsWithSpace() {
    return false;
  }

  @Override
  byte[] normalBytes(byte[] token) {
    return ByteLevel.decode(token);
  }

  @Override
  PieceEncoder pieceEncoder(String text, TokenBuffer out) {
    WordSplitter.Words encoder = new WordEncoder(text, out);
    WordSplitter.Words words =
        preTokenizer.digitsInThrees() ? new DigitGroups(text, encoder) : encoder;
    WordSplitter splitter = new WordSplitter(wordPatterns, text);
    return (from, to, afterSpecial) -> splitter.split(from, to, words);
  }

  /// Encodes one word after the other, with the same arrays.
  private final class WordEncoder implements WordSplitter.Words {
    private final String text;
    private final TokenBuffer out;
    private final SymbolChain chain = new SymbolChain();
    private byte[] bytes = new byte[256];
    private byte[] characters = new byte[512];

    WordEncoder(String text, TokenBuffer out) {
      this.text = text;
      this.out = out;
    }

    @Override
    public void word(int from, int to) {
      int needed = Math.multiplyExact(to - from, Utf8.MAX_BYTES_PER_CHAR);
      if (needed > bytes.length) {
        bytes = new byte[needed];
        characters = new byte[Math.multiplyExact(needed, 2)];
      }
      int length = Utf8.encode(text, from, to, bytes, 0);
      if (preTokenizer.ignoreMerges()) {
        int whole = wholeWord(length);
        if (whole != TokenIndex.NONE) {
          out.add(whole);
          return;
        }
      }
      merge(length);
    }

    private int wholeWord(int length) {
      int end = 0;
      for (int i = 0; i < length; i++) {
        end = ByteLevel.encode(bytes[i], characters, end);
      }
      int id = vocabulary().index().find(characters, 0, end);
      return id != TokenIndex.NONE && vocabulary().type(id) == TokenType.NORMAL
          ? id
          : TokenIndex.NONE;
    }

    private void merge(int length) {
      chain.clear();
      for (int i = 0; i < length; i++) {
        chain.add(byteTokens[bytes[i] & 0xFF], i);
      }
      chain.merge(merges, length);
      for (int s = chain.first(); s != SymbolChain.NONE; s = chain.next(s)) {
        // A byte that the vocabulary lacks is left out, as in llama.cpp: only bytes that no text
        // has are missing.
        if (chain.id(s) != SymbolChain.NONE) {
          out.add(chain.id(s));
        }
      }
    }
  }
}
