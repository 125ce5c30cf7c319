package dev.jmr.bench.compare;

import dev.jmr.bench.BenchException;
import java.util.ArrayList;
import java.util.List;

/// Splits a command line into words as a shell does, without running one: blanks separate, quotes keep together, a
/// backslash before a blank, a quote or another backslash takes it literally.
final class CommandWords {
  private static final String ESCAPABLE = " \t\"'\\";

  private final String line;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private int at;

  private CommandWords(String line) {
    this.line = line;
  }

  /// The words of `line`; at least one.
  ///
  /// @throws BenchException if there is none, or a quote is not closed
  static List<String> split(String line) {
    CommandWords split = new CommandWords(line);
    while (split.at < line.length()) {
      split.step();
    }
    split.endWord();
    if (split.words.isEmpty()) {
      throw new BenchException("--compare: expected a command, got nothing");
    }
    return List.copyOf(split.words);
  }

  private void step() {
    char c = line.charAt(at++);
    if (Character.isWhitespace(c)) {
      endWord();
    } else if (c == '"' || c == '\'') {
      quoted(c);
    } else {
      append(c == '\\' ? escaped(c) : c);
    }
  }

  private void quoted(char quote) {
    inWord = true;
    while (at < line.length() && line.charAt(at) != quote) {
      char c = line.charAt(at++);
      append(c == '\\' && quote == '"' ? escaped(c) : c);
    }
    if (at++ == line.length()) {
      throw new BenchException("--compare: expected a closing %s in: %s".formatted(quote, line));
    }
  }

  private char escaped(char backslash) {
    boolean escapes = at < line.length() && ESCAPABLE.indexOf(line.charAt(at)) >= 0;
    return escapes ? line.charAt(at++) : backslash;
  }

  private void append(char c) {
    inWord = true;
    word.append(c);
  }

  private void endWord() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }
}
