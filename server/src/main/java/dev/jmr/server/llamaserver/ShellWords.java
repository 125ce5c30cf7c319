package dev.jmr.server.llamaserver;

import dev.jmr.runtime.EngineException;
import java.util.ArrayList;
import java.util.List;

/// Splits a line into words as a shell does: at blanks outside of quotes. Nothing is expanded.
final class ShellWords {
  private ShellWords() {}

  /// @throws EngineException if a quote is not closed
  static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
        word.append(line.charAt(++i));
        inWord = true;
      } else if (quote != 0 && c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
        inWord = true;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
        }
        inWord = false;
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw new EngineException(
          "%s: expected every quote to be closed, got an open %s"
              .formatted(Installation.ARGUMENTS, quote));
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }
}
