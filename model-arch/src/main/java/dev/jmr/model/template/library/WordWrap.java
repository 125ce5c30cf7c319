package dev.jmr.model.template.library;

import dev.jmr.model.template.value.Whitespace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Breaks a line into lines of at most `width` characters, between words and behind hyphens, as Python's `textwrap`.
record WordWrap(int width, boolean breakLongWords, boolean breakOnHyphens) {
  List<String> wrap(String text) {
    Deque<String> chunks = new ArrayDeque<>(chunks(text));
    List<String> lines = new ArrayList<>();
    while (!chunks.isEmpty()) {
      if (!lines.isEmpty() && chunks.getFirst().isBlank()) {
        chunks.removeFirst();
      }
      List<String> line = new ArrayList<>();
      int length = 0;
      while (!chunks.isEmpty() && length + chunks.getFirst().length() <= width) {
        length += chunks.getFirst().length();
        line.add(chunks.removeFirst());
      }
      if (!chunks.isEmpty() && chunks.getFirst().length() > width) {
        longWord(chunks, line, width - length);
      }
      if (!line.isEmpty() && line.getLast().isBlank()) {
        line.removeLast();
      }
      if (!line.isEmpty()) {
        lines.add(String.join("", line));
      }
    }
    return lines;
  }

  private void longWord(Deque<String> chunks, List<String> line, int space) {
    String word = chunks.removeFirst();
    if (breakLongWords) {
      int end = space;
      int hyphen = word.lastIndexOf('-', space - 1);
      if (breakOnHyphens && hyphen > 0 && !word.substring(0, hyphen).replace("-", "").isEmpty()) {
        end = hyphen + 1;
      }
      line.add(word.substring(0, end));
      chunks.addFirst(word.substring(end));
    } else if (line.isEmpty()) {
      line.add(word);
    } else {
      chunks.addFirst(word);
    }
  }

  /// Words and the white space between them; words with hyphens in parts.
  private List<String> chunks(String text) {
    List<String> chunks = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= text.length(); i++) {
      boolean edge =
          i == text.length()
              || Whitespace.is(text.charAt(i)) != Whitespace.is(text.charAt(i - 1))
              || (breakOnHyphens && breaks(text, start, i));
      if (edge) {
        chunks.add(text.substring(start, i));
        start = i;
      }
    }
    return chunks;
  }

  /// Whether a word may be broken before `i`: behind a single hyphen between letters.
  private static boolean breaks(String text, int start, int i) {
    return text.charAt(i - 1) == '-'
        && i - start >= 3
        && Character.isLetter(text.charAt(i - 2))
        && Character.isLetterOrDigit(text.charAt(i - 3))
        && Character.isLetter(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLetterOrDigit(text.charAt(i + 1));
  }
}
