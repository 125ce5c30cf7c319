package dev.jmr.model.tokenizer;

import dev.jmr.gguf.GgufMetadata;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.IntStream;

/// RWKV World (`rwkv`): from the left, always the longest token. Tokens are bytes, written with `\n`, `\x80` and the like.
///
/// Source: llama.cpp `llm_tokenizer_rwkv_session`. Other than there, text never becomes a control token.
final class RwkvTokenizer extends VocabularyTokenizer {
  private final TokenTrie trie;

  private RwkvTokenizer(GgufMetadata metadata, SpecialTokensReader.Result tokens) {
    super(metadata, tokens);
    IntStream written =
        IntStream.range(0, vocabulary().size())
            .filter(id ->
                switch (vocabulary().type(id)) {
                  case NORMAL, USER_DEFINED, UNUSED, UNDEFINED, BYTE -> true;
                  case CONTROL, UNKNOWN -> false;
                });
    trie = TokenTrie.of(written, id -> unescape(vocabulary().bytes(id)));
  }

  static RwkvTokenizer of(GgufMetadata metadata) {
    var defaults = new SpecialTokensReader.Defaults(Map.of(), false, false, false);
    return new RwkvTokenizer(
        metadata, SpecialTokensReader.read(metadata, VocabularyReader.read(metadata), defaults));
  }

  @Override
  boolean startsWithSpace() {
    return false;
  }

  @Override
  byte[] normalBytes(byte[] token) {
    return unescape(token);
  }

  @Override
  PieceEncoder pieceEncoder(String text, TokenBuffer out) {
    return (from, to, afterSpecial) -> {
      byte[] bytes = new byte[Math.multiplyExact(to - from, Utf8.MAX_BYTES_PER_CHAR)];
      int end = Utf8.encode(text, from, to, bytes, 0);
      for (int at = 0; at < end; ) {
        at = addLongest(bytes, at, end, out);
      }
    };
  }

  /// Adds the longest token that stands at `from` and returns where it ends; a byte that starts none is unknown.
  private int addLongest(byte[] text, int from, int end, TokenBuffer out) {
    int longest = specialTokens().id(SpecialToken.UNKNOWN);
    int longestEnd = from + 1;
    int node = TokenTrie.ROOT;
    for (int to = from; to < end; ) {
      node = trie.child(node, text[to++]);
      if (node == TokenTrie.NONE) {
        break;
      }
      if (trie.token(node) != TokenTrie.NONE) {
        longest = trie.token(node);
        longestEnd = to;
      }
    }
    if (longest != SpecialTokens.NONE) {
      out.add(longest);
    }
    return longestEnd;
  }

  private static byte[] unescape(byte[] token) {
    byte[] result = new byte[token.length];
    int size = 0;
    for (int i = 0; i < token.length; i++) {
      byte b = token[i];
      if (b == '\\' && i + 1 < token.length) {
        b =
            switch (token[++i]) {
              case 't' -> '\t';
              case 'n' -> '\n';
              case 'r' -> '\r';
              default -> token[i];
            };
        if (b == 'x' && i + 2 < token.length && isHex(token[i + 1]) && isHex(token[i + 2])) {
          int high = HexFormat.fromHexDigit(token[++i]);
          b = (byte) (high << 4 | HexFormat.fromHexDigit(token[++i]));
        }
      }
      result[size++] = b;
    }
    return Arrays.copyOf(result, size);
  }

  private static boolean isHex(byte b) {
    return HexFormat.isHexDigit(b);
  }
}
