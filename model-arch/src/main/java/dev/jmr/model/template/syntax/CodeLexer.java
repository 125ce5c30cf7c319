package dev.jmr.model.template.syntax;

import dev.jmr.model.template.syntax.Token.Kind;
import dev.jmr.model.template.value.Whitespace;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the tokens between one pair of delimiters.
final class CodeLexer {
  private static final Pattern FLOAT =
      Pattern.compile(
          "[0-9]++(_[0-9]++)*+((\\.[0-9]++(_[0-9]++)*+)?e[+-]?[0-9]++(_[0-9]++)*+"
              + "|\\.[0-9]++(_[0-9]++)*+)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern INTEGER =
      Pattern.compile(
          "0b(_?[01])++|0o(_?[0-7])++|0x(_?[0-9a-f])++|[1-9](_?[0-9])*+|0(_?0)*+",
          Pattern.CASE_INSENSITIVE);
  private static final List<String> LONG_OPERATORS = List.of("//", "**", "==", "!=", ">=", "<=");
  private static final String OPERATORS = "+-/*%~[](){}><=.:|,;";

  private final String source;
  private final Lines lines;
  private final String close;
  private final List<Token> tokens;
  private final Deque<Character> brackets = new ArrayDeque<>();
  private final Matcher floats;
  private final Matcher integers;
  private int at;
  private int closing;
  private char sign = ' ';

  CodeLexer(String source, Lines lines, int at, String close, List<Token> tokens) {
    this.source = source;
    this.lines = lines;
    this.at = at;
    this.close = close;
    this.tokens = tokens;
    this.floats = FLOAT.matcher(source);
    this.integers = INTEGER.matcher(source);
  }

  /// Where the closing delimiter begins.
  int closing() {
    return closing;
  }

  /// Where the text behind the closing delimiter begins.
  int end() {
    return closing + (sign == ' ' ? 2 : 3);
  }

  /// The `-` or `+` of the closing delimiter, or a space.
  char sign() {
    return sign;
  }

  void read(Position open) {
    while (true) {
      while (at < source.length() && Whitespace.is(source.charAt(at))) {
        at++;
      }
      if (at >= source.length()) {
        throw open.error("expected '" + close + "', got end of template");
      }
      if (brackets.isEmpty() && closes()) {
        return;
      }
      token();
    }
  }

  private boolean closes() {
    char c = source.charAt(at);
    boolean signed = c == '-' || (c == '+' && close.equals("%}"));
    if (source.startsWith(close, signed ? at + 1 : at)) {
      closing = at;
      sign = signed ? c : ' ';
      return true;
    }
    return false;
  }

  private void token() {
    int c = source.codePointAt(at);
    if (c == '_' || Character.isUnicodeIdentifierStart(c)) {
      name();
    } else if (c >= '0' && c <= '9') {
      number();
    } else if (c == '"' || c == '\'') {
      string((char) c);
    } else {
      operator();
    }
  }

  private void name() {
    int end = at;
    while (end < source.length() && isNamePart(source.codePointAt(end))) {
      end += Character.charCount(source.codePointAt(end));
    }
    add(Kind.NAME, source.substring(at, end), end);
  }

  private static boolean isNamePart(int c) {
    return Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c);
  }

  private void number() {
    boolean afterDot = at > 0 && source.charAt(at - 1) == '.';
    if (!afterDot && floats.region(at, source.length()).lookingAt()) {
      add(Kind.FLOAT, floats.group().replace("_", ""), floats.end());
    } else if (integers.region(at, source.length()).lookingAt()) {
      String digits = integers.group().replace("_", "").toLowerCase(Locale.ROOT);
      add(Kind.INTEGER, digits, integers.end());
    }
  }

  private void string(char quote) {
    for (int end = at + 1; end < source.length(); end++) {
      char c = source.charAt(end);
      if (c == quote) {
        String text = StringEscapes.resolve(source.substring(at + 1, end), lines.position(at));
        add(Kind.STRING, text, end + 1);
        return;
      }
      end += c == '\\' ? 1 : 0;
    }
    throw lines.position(at).error("string is not closed: expected " + quote);
  }

  private void operator() {
    String operator = source.substring(at, at + 1);
    for (String candidate : LONG_OPERATORS) {
      operator = source.startsWith(candidate, at) ? candidate : operator;
    }
    char first = operator.charAt(0);
    if (OPERATORS.indexOf(first) < 0 && operator.length() == 1) {
      throw lines.position(at).error("unexpected character " + described());
    }
    switch (first) {
      case '(' -> brackets.push(')');
      case '[' -> brackets.push(']');
      case '{' -> brackets.push('}');
      case ')', ']', '}' -> closeBracket(first);
      default -> {}
    }
    add(Kind.OPERATOR, operator, at + operator.length());
  }

  private void closeBracket(char bracket) {
    if (brackets.isEmpty()) {
      throw lines.position(at).error("unexpected '" + bracket + "'");
    }
    char expected = brackets.pop();
    if (expected != bracket) {
      throw lines.position(at).error("expected '" + expected + "', got '" + bracket + "'");
    }
  }

  private String described() {
    int c = source.codePointAt(at);
    return c > ' ' && Character.isDefined(c)
        ? "'" + Character.toString(c) + "'"
        : "U+%04X".formatted(c);
  }

  private void add(Kind kind, String text, int end) {
    tokens.add(new Token(kind, text, lines.position(at)));
    at = end;
  }
}
