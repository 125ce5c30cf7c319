package dev.jmr.model.sample;

import dev.jmr.model.text.StringMatcher;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Finds strings in a text of tokens, wherever the borders of the tokens lie.
final class SequenceBreakers {
  private final SamplerVocabulary vocabulary;
  private final StringMatcher[] matchers;

  /// What tokens hold a whole one, as far as they were seen: 0 not known, 1 not, 2 yes.
  private final byte[] holds;

  /// @param strings to find; none of them empty
  SequenceBreakers(List<String> strings, SamplerVocabulary vocabulary) {
    this.vocabulary = vocabulary;
    this.holds = new byte[vocabulary.size()];
    this.matchers =
        strings.stream()
            .map(string -> string.getBytes(StandardCharsets.UTF_8))
            .map(bytes -> new StringMatcher(new String(bytes, StandardCharsets.ISO_8859_1)))
            .toArray(StringMatcher[]::new);
  }

  /// Takes the next token of the text; whether one of the strings ends within it.
  boolean endWith(int token) {
    boolean found = false;
    boolean whole = false;
    byte[] bytes = vocabulary.tokenBytes().apply(token);
    for (int i = 0; i < bytes.length; i++) {
      char next = (char) (bytes[i] & 0xFF);
      for (StringMatcher matcher : matchers) {
        boolean ends = matcher.accept(next);
        found |= ends;
        whole |= ends && matcher.wanted().length() <= i + 1;
      }
    }
    holds[token] = (byte) (whole ? 2 : 1);
    return found;
  }

  /// Whether one of the strings lies within this token, which must have been a part of the text.
  boolean isIn(int token) {
    return holds[token] == 2;
  }
}
