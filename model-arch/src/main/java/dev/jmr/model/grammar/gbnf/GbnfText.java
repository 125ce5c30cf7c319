package dev.jmr.model.grammar.gbnf;

import dev.jmr.model.grammar.GrammarException;
import java.util.Arrays;
import java.util.stream.IntStream;

/// A grammar's text and a place in it: characters, names, numbers, white space and comments.
final class GbnfText {
  private static final int MAX_NUMBER_DIGITS = 9;

  private final String text;
  private final int[] lineStarts;
  private int at;

  GbnfText(String text) {
    this.text = text;
    this.lineStarts =
        IntStream.concat(
                IntStream.of(0),
                IntStream.range(0, text.length())
                    .filter(i -> text.charAt(i) == '\n')
                    .map(i -> i + 1))
            .toArray();
  }

  int at() {
    return at;
  }

  boolean atEnd() {
    return at == text.length();
  }

  boolean peek(String expected) {
    return text.startsWith(expected, at);
  }

  boolean take(char expected) {
    boolean there = !atEnd() && text.charAt(at) == expected;
    at += there ? 1 : 0;
    return there;
  }

  void require(String expected) {
    if (!peek(expected)) {
      throw error(at, "expected '%s', got %s".formatted(expected, found()));
    }
    at += expected.length();
  }

  boolean peekRepetition() {
    return !atEnd() && "*+?{".indexOf(text.charAt(at)) >= 0;
  }

  boolean peekName() {
    return !atEnd() && isWord(text.charAt(at));
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || isDigit(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  String name() {
    int start = at;
    while (peekName()) {
      at++;
    }
    if (at == start) {
      throw error(at, "expected the name of a rule, got " + found());
    }
    return text.substring(start, at);
  }

  int number() {
    int start = at;
    while (!atEnd() && isDigit(text.charAt(at))) {
      at++;
    }
    if (at == start || at - start > MAX_NUMBER_DIGITS) {
      throw error(
          start,
          "expected a number of 1 to %d digits, got %s"
              .formatted(MAX_NUMBER_DIGITS, at == start ? found() : text.substring(start, at)));
    }
    return Integer.parseInt(text.substring(start, at));
  }

  /// The text up to a character, which is passed.
  String until(char end) {
    int stop = text.indexOf(end, at);
    if (stop < 0) {
      throw error(at, "expected '%s', got the end".formatted(end));
    }
    String found = text.substring(at, stop);
    at = stop + 1;
    return found;
  }

  /// Passes spaces, tabs and comments, and the ends of lines if asked to.
  void skipSpace(boolean lines) {
    while (!atEnd()) {
      char c = text.charAt(at);
      if (c == '#') {
        while (!atEnd() && !peek("\n") && !peek("\r")) {
          at++;
        }
      } else if (c == ' ' || c == '\t' || (lines && (c == '\n' || c == '\r'))) {
        at++;
      } else {
        return;
      }
    }
  }

  /// The next character of a literal or a class, unescaped.
  int character() {
    int start = at;
    if (atEnd()) {
      throw error(at, "expected the end of a literal or a class, got the end of the text");
    }
    int c = text.codePointAt(at);
    at += Character.charCount(c);
    if (c == '\\') {
      c = escaped(start);
    }
    if ((c >= 0xD800 && c <= 0xDFFF) || c > Character.MAX_CODE_POINT || c < 0) {
      throw error(start, "expected a character, got U+%X".formatted(c));
    }
    return c;
  }

  private int escaped(int start) {
    char c = atEnd() ? ' ' : text.charAt(at++);
    return switch (c) {
      case 'x' -> hexadecimal(start, 2);
      case 'u' -> hexadecimal(start, 4);
      case 'U' -> hexadecimal(start, 8);
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'n' -> '\n';
      case '\\', '"', '[', ']', '-' -> c;
      default ->
          throw error(
              start,
              "escape: expected one of \\x \\u \\U \\t \\r \\n \\\\ \\\" \\[ \\] \\-, got \\%s"
                  .formatted(c));
    };
  }

  private int hexadecimal(int start, int digits) {
    int value = 0;
    for (int i = 0; i < digits; i++, at++) {
      int digit = atEnd() || text.charAt(at) > 'f' ? -1 : Character.digit(text.charAt(at), 16);
      if (digit < 0) {
        throw error(
            start, "escape: expected %d hexadecimal digits, got %s".formatted(digits, found()));
      }
      value = value << 4 | digit;
    }
    return value;
  }

  String found() {
    return atEnd() ? "the end" : "'" + Character.toString(text.codePointAt(at)) + "'";
  }

  GrammarException error(int where, String message) {
    return new GrammarException(location(where), message);
  }

  /// `line:column`, counted from 1.
  String location(int where) {
    int found = Arrays.binarySearch(lineStarts, where);
    int line = found >= 0 ? found + 1 : -found - 1;
    int lineStart = lineStarts[line - 1];
    return line + ":" + (text.codePointCount(lineStart, where) + 1);
  }
}
