package dev.jmr.model.tokenizer;

import dev.jmr.gguf.GgufMetadata;
import java.util.Map;
import java.util.regex.Pattern;

/// SentencePiece BPE (`llama`): the characters of the text, spaces as `▁`, merged into the tokens of the highest score;
/// what is no token in the end becomes byte tokens.
///
/// Other than llama.cpp, text never merges into a control or byte token. Source: llama.cpp `llm_tokenizer_spm_session`.
final class SpmTokenizer extends VocabularyTokenizer {
  private static final char ESCAPED_SPACE = '▁';

  /// Spaces at the beginning, those before another space, and those at the end.
  private static final Pattern EXTRA_SPACES = Pattern.compile("\\A ++|(?<! ) ++\\z| (?= )");

  private final boolean addSpacePrefix;
  private final boolean removeExtraWhitespaces;
  private final int[] priorities;
  private final ByteTokens byteTokens;

  private SpmTokenizer(GgufMetadata metadata, SpecialTokensReader.Result tokens) {
    super(metadata, tokens);
    addSpacePrefix = metadata.bool("tokenizer.ggml.add_space_prefix").orElse(true);
    removeExtraWhitespaces = metadata.bool("tokenizer.ggml.remove_extra_whitespaces").orElse(false);
    byteTokens = ByteTokens.withFallback(vocabulary(), specialTokens().id(SpecialToken.UNKNOWN));
    priorities = new int[vocabulary().size()];
    for (int id = 0; id < priorities.length; id++) {
      // Adding zero makes one of the two zeros; flipping the lower bits makes negative floats
      // ascend as integers.
      int bits = Float.floatToIntBits(vocabulary().score(id) + 0f);
      priorities[id] = ~(bits ^ ((bits >> 31) & Integer.MAX_VALUE));
    }
  }

  static SpmTokenizer of(GgufMetadata metadata) {
    var defaults =
        new SpecialTokensReader.Defaults(
            Map.of(SpecialToken.BOS, 1, SpecialToken.EOS, 2, SpecialToken.UNKNOWN, 0),
            true,
            false,
            false);
    return new SpmTokenizer(
        metadata, SpecialTokensReader.read(metadata, VocabularyReader.read(metadata), defaults));
  }

  @Override
  boolean startsWithSpace() {
    return addSpacePrefix;
  }

  @Override
  byte[] normalBytes(byte[] token) {
    return withSpaces(token);
  }

  @Override
  PieceEncoder pieceEncoder(String text, TokenBuffer out) {
    return (from, to, afterSpecial) -> {
      String piece = text.substring(from, to);
      if (removeExtraWhitespaces) {
        piece = EXTRA_SPACES.matcher(piece).replaceAll("");
        if (piece.isEmpty()) {
          return;
        }
      }
      if (addSpacePrefix && afterSpecial) {
        piece = ' ' + piece;
      }
      encode(piece.replace(' ', ESCAPED_SPACE), out);
    };
  }

  private void encode(String piece, TokenBuffer out) {
    byte[] text = new byte[Math.multiplyExact(piece.length(), Utf8.MAX_BYTES_PER_CHAR)];
    int end = Utf8.encode(piece, 0, piece.length(), text, 0);
    Merges merges = new Merges(text);
    SymbolChain chain = new SymbolChain();
    for (int at = 0; at < end; at += Utf8.length(text[at])) {
      chain.add(merges.token(at, at + Utf8.length(text[at])), at);
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

  /// Two neighbours merge where their text together is a token.
  private final class Merges implements SymbolChain.MergeRule {
    private final byte[] text;

    Merges(byte[] text) {
      this.text = text;
    }

    int token(int from, int to) {
      if (to - from > vocabulary().longestToken()) {
        return SymbolChain.NONE;
      }
      int id = vocabulary().index().find(text, from, to);
      return id == TokenIndex.NONE || !mergeable(vocabulary().type(id)) ? SymbolChain.NONE : id;
    }

    private static boolean mergeable(TokenType type) {
      return switch (type) {
        case NORMAL, USER_DEFINED, UNUSED, UNDEFINED -> true;
        case CONTROL, UNKNOWN, BYTE -> false;
      };
    }

    @Override
    public int candidate(SymbolChain chain, int left, int right) {
      return token(chain.start(left), chain.end(right));
    }

    @Override
    public int priority(int candidate) {
      return priorities[candidate];
    }

    @Override
    public int result(int candidate) {
      return candidate;
    }
  }
}
