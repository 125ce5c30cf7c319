package dev.jmr.model.template.library;

import dev.jmr.model.template.value.TextSearch;
import dev.jmr.model.template.value.Whitespace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Cuts text into pieces by Python's rules. `most` is the number of cuts, negative for all.
final class Splitting {
  private Splitting() {}

  /// Python's `str.split()`: by white space.
  static List<String> words(String text, int most) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (true) {
      while (at < text.length() && Whitespace.is(text.charAt(at))) {
        at++;
      }
      if (at == text.length()) {
        return words;
      } else if (words.size() == most) {
        words.add(text.substring(at));
        return words;
      }
      int start = at;
      while (at < text.length() && !Whitespace.is(text.charAt(at))) {
        at++;
      }
      words.add(text.substring(start, at));
    }
  }

  /// Python's `str.rsplit()`: by white space, from the end.
  static List<String> wordsFromRight(String text, int most) {
    List<String> words = new ArrayList<>();
    int at = text.length();
    while (true) {
      while (at > 0 && Whitespace.is(text.charAt(at - 1))) {
        at--;
      }
      if (at == 0) {
        break;
      } else if (words.size() == most) {
        words.add(text.substring(0, at));
        break;
      }
      int end = at;
      while (at > 0 && !Whitespace.is(text.charAt(at - 1))) {
        at--;
      }
      words.add(text.substring(at, end));
    }
    Collections.reverse(words);
    return words;
  }

  static List<String> split(String text, String separator, int most) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    while (parts.size() != most) {
      int found = TextSearch.indexOf(text, separator, from);
      if (found < 0) {
        break;
      }
      parts.add(text.substring(from, found));
      from = found + separator.length();
    }
    parts.add(text.substring(from));
    return parts;
  }

  static List<String> splitFromRight(String text, String separator, int most) {
    List<String> parts = new ArrayList<>();
    int to = text.length();
    while (parts.size() != most && to >= separator.length()) {
      int found = text.lastIndexOf(separator, to - separator.length());
      if (found < 0) {
        break;
      }
      parts.add(text.substring(found + separator.length(), to));
      to = found;
    }
    parts.add(text.substring(0, to));
    Collections.reverse(parts);
    return parts;
  }

  /// Python's `str.splitlines()`.
  static List<String> lines(String text, boolean keepEnds) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (endsLine(text.charAt(i))) {
        int next = text.startsWith("\r\n", i) ? i + 2 : i + 1;
        lines.add(text.substring(start, keepEnds ? next : i));
        start = next;
        i = next - 1;
      }
    }
    if (start < text.length()) {
      lines.add(text.substring(start));
    }
    return lines;
  }

  private static boolean endsLine(char c) {
    return (c >= '\n' && c <= '\r')
        || (c >= 0x1c && c <= 0x1e)
        || c == 0x85
        || c == 0x2028
        || c == 0x2029;
  }
}
