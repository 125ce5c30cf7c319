package dev.jmr.model.tokenizer;

/// The patterns that several pre-tokenizers share, in Java's syntax with `UNICODE_CHARACTER_CLASS`.
///
/// No group is repeated without bound unless possessively: `java.util.regex` matches repeated character classes and
/// possessive groups in a loop, but other groups by recursion, and a long text would overflow the stack.
final class PreTokenizerPatterns {
  private static final String SPACES = "\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  private static final String LETTERS = "[^\\r\\n\\p{L}\\p{N}]?\\p{L}+";
  private static final String SYMBOLS = " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*";
  private static final String SYMBOLS_AND_SLASH = " ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*";
  private static final String CONTRACTION = "'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD]";
  private static final String UPPER = "\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}";
  private static final String LOWER = "\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}";
  private static final String ASCII_PUNCTUATION = "[!-/:-@\\[-`{-~]";

  /// GPT-2. Its own pattern, which others repeat after patterns of theirs.
  static final String GPT2 =
      "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

  /// cl100k and those who follow it, Llama 3 first.
  static final String LLAMA3 = like(LETTERS, "\\p{N}{1,3}", SYMBOLS);

  /// Llama 3's with single digits.
  static final String QWEN2 = like(LETTERS, "\\p{N}", SYMBOLS);

  /// Qwen 2's with combining marks as parts of words.
  static final String QWEN35 =
      like(
          "[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+",
          "\\p{N}",
          " ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*");

  /// Qwen 2's without contractions.
  static final String UFAKZEKA = LETTERS + "|\\p{N}|" + SYMBOLS + "|" + SPACES;

  /// Words in a row, with single spaces between, are one.
  static final String EXAONE_MOE =
      CONTRACTION
          + "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}(?:[\\p{L}\\p{M}]| (?=\\p{L}))*+|\\p{N}"
          + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]?|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+";

  /// Qwen 2's without line feeds behind symbols.
  static final String SEED_CODER =
      CONTRACTION + "|" + LETTERS + "|\\p{N}| ?[^\\s\\p{L}\\p{N}\\r\\n]+|" + SPACES;

  /// Qwen 2's, where one line break is a word.
  static final String BAILING_MOE =
      CONTRACTION + "|" + LETTERS + "|\\p{N}|" + SYMBOLS + "|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+";

  /// Llama 3's, with runs of spaces cut to powers of two.
  static final String JAIS2 =
      CONTRACTION
          + "|"
          + LETTERS
          + "|\\p{N}{1,3}|"
          + SYMBOLS
          + "|\\s*[\\r\\n]+|\\s{512}(?!\\S)|\\s{256}(?!\\S)|\\s{128}(?!\\S)|\\s{64}(?!\\S)"
          + "|\\s{32}(?!\\S)|\\s{16}(?!\\S)|\\s{8}(?!\\S)|\\s{4}(?!\\S)|\\s{1,2}(?!\\S)|\\s";

  /// o200k: words are also cut where a capital follows a small letter.
  static final String GPT4O =
      casedWords("[" + UPPER + "]", "[" + LOWER + "]", "(?:" + CONTRACTION + ")?")
          + "|\\p{N}{1,3}|"
          + SYMBOLS_AND_SLASH
          + "|"
          + SPACES;

  /// o200k's with single digits and without contractions.
  static final String TEKKEN =
      casedWords("[" + UPPER + "]", "[" + LOWER + "]", "")
          + "|\\p{N}|"
          + SYMBOLS_AND_SLASH
          + "|"
          + SPACES;

  /// o200k's with single digits.
  static final String YOUTU =
      casedWords("[" + UPPER + "]", "[" + LOWER + "]", "(?:" + CONTRACTION + ")?")
          + "|\\p{N}|"
          + SYMBOLS_AND_SLASH
          + "|"
          + SPACES;

  /// Hangul, full-width punctuation, Bopomofo, and Han with Japanese syllables, each apart.
  static final String YOUTU_ASIAN =
      "[\\uAC00-\\uD7A3\\u3131-\\u318E]+|[\\uFF01\\u2026\\u201C\\u201D\\u2018\\u2019\\u2014\\uFF1A"
          + "\\uFF1B\\uFF0C\\u3001-\\u303F\\uFE30-\\uFE4F]+|[\\u3105-\\u312F]+"
          + "|[\\u4E00-\\u9FA5\\u3040-\\u309F\\u30A0-\\u30FF]+";

  /// A number that does not run on into a word.
  static final String WHOLE_NUMBER = "(?<!\\d)\\d++(?!\\w)";

  /// o200k's, where a whole number stays as it is.
  static final String TINY_AYA = "\\A\\d++\\z|" + GPT4O;

  /// o200k's with Chinese apart.
  static final String KIMI_K2 =
      "\\p{IsHan}+|"
          + casedWords(
              "[" + UPPER + "&&[^\\p{IsHan}]]",
              "[" + LOWER + "&&[^\\p{IsHan}]]",
              "(?:" + CONTRACTION + ")?")
          + "|\\p{N}{1,3}|"
          + SYMBOLS
          + "|"
          + SPACES;

  /// DeepSeek V3's last: words may start with one ASCII symbol.
  static final String DEEPSEEK_V3 =
      ASCII_PUNCTUATION
          + "[A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*|"
          + SPACES;

  /// DeepSeek V3's with line breaks one by one.
  static final String SPARK2_5 =
      ASCII_PUNCTUATION
          + "[A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+|[\\r\\n]"
          + "|\\s+(?!\\S)|\\s+";

  /// Han up to U+9FA5 and Japanese syllables.
  static final String DEEPSEEK_V3_CJK = "[\\u4E00-\\u9FA5\\u3040-\\u309F\\u30A0-\\u30FF]+";

  /// Han, Japanese, Thai, Lao, Khmer, Myanmar and Korean.
  static final String AFMOE_ASIAN =
      "[\\u4E00-\\u9FFF\\u3400-\\u4DBF\\uF900-\\uFAFF\\u3040-\\u309F\\u30A0-\\u30FF\\uFF65-\\uFF9F"
          + "\\u2F00-\\u2FDF\\u0E00-\\u0E7F\\u0E80-\\u0EFF\\u1780-\\u17FF\\u1000-\\u109F"
          + "\\uAA60-\\uAA7F\\uA9E0-\\uA9FF\\uAC00-\\uD7AF\\u1100-\\u11FF]+";

  /// Han up to U+9FA5, and, by a slip of its makers, nearly all from U+0800; Hangul.
  static final String DEEPSEEK_CJK = "[\\u4E00-\\u9FA5\\u0800-\\u4E00\\uAC00-\\uD7FF]+";

  /// The letters that have capital and small forms.
  static final String DEEPSEEK_LETTERS =
      "\\s?["
          + "A-Za-z\\u00B5\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u01BA\\u01BC-\\u01BF"
          + "\\u01C4-\\u0293\\u0295-\\u02AF\\u0370-\\u0373\\u0376\\u0377\\u037B-\\u037D\\u037F"
          + "\\u0386\\u0388-\\u038A\\u038C\\u038E-\\u03A1\\u03A3-\\u03F5\\u03F7-\\u0481"
          + "\\u048A-\\u052F\\u0531-\\u0556\\u10A0-\\u10C5\\u13A0-\\u13F5\\u13F8-\\u13FD"
          + "\\u1C90-\\u1CBA\\u1CBD-\\u1CBF\\u1D00-\\u1D2B\\u1D6B-\\u1D77\\u1D79-\\u1D9A"
          + "\\u1E00-\\u1F15\\u1F18-\\u1F1D\\u1F20-\\u1F45\\u1F48-\\u1F4D\\u1F50-\\u1F57\\u1F59"
          + "\\u1F5B\\u1F5D\\u1F5F-\\u1F7D\\u1F80-\\u1FB4\\u1FB6-\\u1FBC\\u1FBE\\u1FC2-\\u1FC4"
          + "\\u1FC6-\\u1FCC\\u1FD0-\\u1FD3\\u1FD6-\\u1FDB\\u1FE0-\\u1FEC\\u1FF2-\\u1FF4"
          + "\\u1FF6-\\u1FFC\\u2102\\u2107\\u210A-\\u2113\\u2115\\u2119-\\u211D\\u2124\\u2126"
          + "\\u2128\\u212A-\\u212D\\u212F-\\u2134\\u2139\\u213C-\\u213F\\u2145-\\u2149\\u214E"
          + "\\u2183\\u2184\\u2C00-\\u2C7B\\u2C7E-\\u2CE4\\u2CEB-\\u2CEE\\u2CF2\\u2CF3"
          + "\\uA640-\\uA66D\\uA680-\\uA69B\\uA722-\\uA76F\\uA771-\\uA787\\uA78B-\\uA78E"
          + "\\uAB70-\\uABBF\\uFB00-\\uFB06\\uFB13-\\uFB17\\uFF21-\\uFF3A\\uFF41-\\uFF5A"
          + "\\x{10400}-\\x{1044F}\\x{104B0}-\\x{104D3}\\x{104D8}-\\x{104FB}\\x{10C80}-\\x{10CB2}"
          + "\\x{10CC0}-\\x{10CF2}\\x{118A0}-\\x{118DF}\\x{1E900}-\\x{1E943}"
          + "]+";

  /// ASCII, full-width and CJK punctuation.
  static final String DEEPSEEK_PUNCTUATION =
      "\\s?[!-/:-~\\uFF01-\\uFF0F\\uFF1A-\\uFF5E\\u2018-\\u201F\\u3000-\\u3002]+";

  /// Whitespace at the end; looking back keeps a long run in the middle from being tried at each of its places.
  static final String SPACES_AT_END = "(?<!\\s)\\s++\\z";

  /// BLOOM: words of anything but whitespace and some punctuation.
  static final String BLOOM = " ?[^(\\s|.,!?\\u2026\\u3002\\uFF0C\\u3001\\u0964\\u06D4\\u060C)]+";

  /// Symbols in one run, as Falcon has them.
  static final String FALCON_SYMBOLS = "[\\p{P}$+<=>^~|`]+";

  /// Line feeds, so that no word goes beyond its line.
  static final String LINE_FEEDS = "\\n+";

  /// What lies between words.
  static final String WHITESPACE = "\\s+";

  private PreTokenizerPatterns() {}

  private static String like(String letters, String digits, String symbols) {
    return CONTRACTION + "|" + letters + "|" + digits + "|" + symbols + "|" + SPACES;
  }

  private static String casedWords(String upper, String lower, String contraction) {
    String first = "[^\\r\\n\\p{L}\\p{N}]?";
    return first
        + upper
        + "*"
        + lower
        + "+"
        + contraction
        + "|"
        + first
        + upper
        + "+"
        + lower
        + "*"
        + contraction;
  }
}
