package dev.jmr.model.tokenizer;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts a text into words: every pattern in turn cuts the pieces that the one before it has left, and both what it
/// matches and what lies between its matches are pieces for the next. A match without length cuts at its place.
final class WordSplitter {
  /// Takes the words of a text, from left to right.
  interface Words {
    /// The word `text[from, to)`, not empty.
    void word(int from, int to);
  }

  private final Matcher[] matchers;

  WordSplitter(List<Pattern> patterns, CharSequence text) {
    matchers = patterns.stream().map(pattern -> pattern.matcher(text)).toArray(Matcher[]::new);
  }

  void split(int from, int to, Words words) {
    split(0, from, to, words);
  }

  private void split(int level, int from, int to, Words words) {
    if (from == to) {
      return;
    }
    if (level == matchers.length) {
      words.word(from, to);
      return;
    }
    Matcher matcher = matchers[level].region(from, to);
    int done = from;
    while (matcher.find()) {
      split(level + 1, done, matcher.start(), words);
      split(level + 1, matcher.start(), matcher.end(), words);
      done = matcher.end();
    }
    split(level + 1, done, to, words);
  }
}
