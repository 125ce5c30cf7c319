package dev.jmr.model.grammar.regex;

import dev.jmr.model.grammar.CodePoints;
import dev.jmr.model.grammar.Expression;
import dev.jmr.model.grammar.Expression.Characters;
import dev.jmr.model.grammar.Expression.Choice;
import dev.jmr.model.grammar.Expression.Repeat;
import dev.jmr.model.grammar.Expression.Sequence;
import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.grammar.GrammarLimits;
import java.util.ArrayList;
import java.util.List;

/// Reads a regular expression by recursive descent.
final class RegexReader {
  private static final CodePoints LINE_ENDS = CodePoints.of('\n', '\r', 0x2028, 0x2029);
  private static final int MAX_NUMBER_DIGITS = 9;

  private final String text;
  private final GrammarLimits limits;
  private int at;
  private int nesting;

  RegexReader(String text, GrammarLimits limits) {
    this.text = text;
    this.limits = limits;
    if (text.length() > limits.characters()) {
      throw error(0, "expected at most %d characters".formatted(limits.characters()));
    }
  }

  /// @param around what may come where an alternative at the top is not anchored
  Expression read(Expression around) {
    List<Expression> options = new ArrayList<>();
    do {
      boolean fromStart = takeAnchor("^", "\\A");
      Expression body = sequence(true);
      boolean toEnd = takeAnchor("$", "\\z");
      options.add(
          Expression.sequence(
              fromStart ? Expression.EMPTY : around, body, toEnd ? Expression.EMPTY : around));
    } while (take('|'));
    if (at < text.length()) {
      throw error(at, "expected the end, got " + found());
    }
    return options.size() == 1 ? options.getFirst() : new Choice(options);
  }

  private boolean takeAnchor(String anchor, String escaped) {
    boolean found = false;
    while (text.startsWith(anchor, at) || text.startsWith(escaped, at)) {
      at += text.startsWith(anchor, at) ? anchor.length() : escaped.length();
      found = true;
    }
    return found;
  }

  private Expression alternatives() {
    List<Expression> options = new ArrayList<>();
    do {
      options.add(sequence(false));
    } while (take('|'));
    return options.size() == 1 ? options.getFirst() : new Choice(options);
  }

  private Expression sequence(boolean top) {
    List<Expression> parts = new ArrayList<>();
    while (at < text.length() && "|)".indexOf(text.charAt(at)) < 0) {
      if (text.charAt(at) == '$' || text.startsWith("\\z", at)) {
        if (top) {
          break;
        }
        throw anchor();
      }
      parts.add(quantified(atom()));
    }
    return parts.size() == 1 ? parts.getFirst() : new Sequence(parts);
  }

  private GrammarException anchor() {
    return error(
        at, "anchors are known at the ends of the expression and of its alternatives only");
  }

  private Expression atom() {
    int start = at;
    int c = next();
    return switch (c) {
      case '(' -> group(start);
      case '[' -> new Characters(characterClass(start));
      case '.' -> new Characters(LINE_ENDS.complement());
      case '\\' -> new Characters(escapeOutside(start));
      case '^' -> {
        at = start;
        throw anchor();
      }
      case '*', '+', '?' -> throw error(start, "expected something in front of '%c'".formatted(c));
      case '{' -> {
        at = start;
        if (quantifierAhead()) {
          throw error(start, "expected something in front of '{'");
        }
        at = start + 1;
        yield Expression.characters(c);
      }
      default -> Expression.characters(c);
    };
  }

  private Expression group(int start) {
    if (++nesting > limits.nesting()) {
      throw error(start, "expected at most %d nested groups".formatted(limits.nesting()));
    }
    if (take('?') && !take(':')) {
      boolean named =
          (text.startsWith("<", at) || text.startsWith("P<", at))
              && !text.startsWith("<=", at)
              && !text.startsWith("<!", at);
      int end = text.indexOf('>', at);
      if (!named || end < 0) {
        throw error(start, "look-around, flags and other special groups are not supported");
      }
      at = end + 1;
    }
    Expression body = alternatives();
    if (!take(')')) {
      throw error(at, "expected ')', got " + found());
    }
    nesting--;
    return body;
  }

  private Expression quantified(Expression part) {
    int start = at;
    int min;
    int max;
    if (take('*')) {
      min = 0;
      max = Expression.UNBOUNDED;
    } else if (take('+')) {
      min = 1;
      max = Expression.UNBOUNDED;
    } else if (take('?')) {
      min = 0;
      max = 1;
    } else if (quantifierAhead()) {
      at++;
      min = number();
      max = !take(',') ? min : text.startsWith("}", at) ? Expression.UNBOUNDED : number();
      at++;
    } else {
      return part;
    }
    int largest = max == Expression.UNBOUNDED ? min : max;
    if (max < min || largest > limits.repetitions()) {
      throw error(
          start,
          "quantifier: expected ascending bounds up to %d, got %s"
              .formatted(limits.repetitions(), text.substring(start, at)));
    }
    take('?');
    if (at < text.length() && (quantifierAhead() || "*+?".indexOf(text.charAt(at)) >= 0)) {
      throw error(at, "quantifier: expected none behind another, got " + found());
    }
    return new Repeat(part, min, max);
  }

  /// Whether `{n}`, `{n,}` or `{n,m}` comes; another brace stands for itself.
  private boolean quantifierAhead() {
    int i = at;
    if (i >= text.length() || text.charAt(i++) != '{') {
      return false;
    }
    int digits = i;
    i = skipDigits(i);
    if (i == digits) {
      return false;
    }
    if (i < text.length() && text.charAt(i) == ',') {
      i = skipDigits(i + 1);
    }
    return i < text.length() && text.charAt(i) == '}';
  }

  private int skipDigits(int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }

  private int number() {
    int end = skipDigits(at);
    if (end - at > MAX_NUMBER_DIGITS) {
      throw error(at, "quantifier: expected bounds up to %d".formatted(limits.repetitions()));
    }
    int number = Integer.parseInt(text.substring(at, end));
    at = end;
    return number;
  }

  private CodePoints characterClass(int start) {
    boolean negated = take('^');
    List<CodePoints> items = new ArrayList<>();
    while (!take(']')) {
      if (at >= text.length()) {
        throw error(start, "class: expected ']', got the end");
      }
      if (text.startsWith("[:", at) || text.startsWith("&&", at)) {
        throw error(at, "class: POSIX names and set operations are not supported");
      }
      int itemAt = at;
      CodePoints item = classItem();
      boolean range = text.startsWith("-", at) && !text.startsWith("-]", at);
      if (range) {
        at++;
        items.add(range(itemAt, item, classItem()));
      } else {
        items.add(item);
      }
    }
    CodePoints set = CodePoints.union(items);
    return negated ? set.complement() : set;
  }

  private CodePoints range(int start, CodePoints first, CodePoints last) {
    boolean single = isSingle(first) && isSingle(last);
    if (!single || first.bounds()[0] > last.bounds()[0]) {
      throw error(start, "class: expected a range from one character to a later one");
    }
    return CodePoints.range(first.bounds()[0], last.bounds()[0]);
  }

  private static boolean isSingle(CodePoints set) {
    return set.bounds().length == 2 && set.bounds()[0] == set.bounds()[1];
  }

  private CodePoints classItem() {
    int start = at;
    int c = next();
    if (c != '\\') {
      return CodePoints.of(c);
    }
    return take('b') ? CodePoints.of('\b') : escape(start);
  }

  private CodePoints escapeOutside(int start) {
    if (at < text.length() && "bBAZzGkK123456789".indexOf(text.charAt(at)) >= 0) {
      throw error(start, "back references, boundaries and anchors in the middle are not supported");
    }
    return escape(start);
  }

  private CodePoints escape(int start) {
    int c = next();
    return switch (c) {
      case 'd' -> CharacterClasses.DIGIT;
      case 'D' -> CharacterClasses.DIGIT.complement();
      case 'w' -> CharacterClasses.WORD;
      case 'W' -> CharacterClasses.WORD.complement();
      case 's' -> CharacterClasses.SPACE;
      case 'S' -> CharacterClasses.SPACE.complement();
      case 'p' -> category(start);
      case 'P' -> category(start).complement();
      case 't' -> CodePoints.of('\t');
      case 'n' -> CodePoints.of('\n');
      case 'r' -> CodePoints.of('\r');
      case 'f' -> CodePoints.of('\f');
      case 'v' -> CodePoints.of(0x0B);
      case '0' -> CodePoints.of(0);
      case 'x' -> single(start, hexadecimal(start, 2));
      case 'u' -> single(start, unicode(start));
      case 'c' -> single(start, next() & 0x1F);
      default -> {
        if (c < 128 && Character.isLetterOrDigit(c)) {
          throw error(start, "escape \\%c is not supported".formatted(c));
        }
        yield CodePoints.of(c);
      }
    };
  }

  private CodePoints single(int start, int codePoint) {
    if (codePoint > Character.MAX_CODE_POINT || (codePoint >= 0xD800 && codePoint <= 0xDFFF)) {
      throw error(start, "escape: expected a character, got U+%X".formatted(codePoint));
    }
    return CodePoints.of(codePoint);
  }

  private CodePoints category(int start) {
    int end = text.indexOf('}', at);
    if (!take('{') || end < 0) {
      throw error(start, "\\p: expected a category in braces");
    }
    String name = text.substring(at, end);
    at = end + 1;
    return CharacterClasses.category(name)
        .orElseThrow(() ->
            error(
                start,
                "\\p{%s} is not supported; supported: general categories such as L, Lu, Nd"
                    .formatted(name)));
  }

  private int unicode(int start) {
    if (!take('{')) {
      int unit = hexadecimal(start, 4);
      if (Character.isHighSurrogate((char) unit) && text.startsWith("\\u", at)) {
        at += 2;
        int low = hexadecimal(start, 4);
        return Character.isLowSurrogate((char) low)
            ? Character.toCodePoint((char) unit, (char) low)
            : unit;
      }
      return unit;
    }
    int end = text.indexOf('}', at);
    if (end < 0 || end == at || end - at > 6) {
      throw error(start, "\\u{…}: expected 1 to 6 hexadecimal digits");
    }
    int value = hexadecimal(start, end - at);
    at = end + 1;
    return value;
  }

  private int hexadecimal(int start, int digits) {
    int value = 0;
    for (int i = 0; i < digits; i++, at++) {
      boolean more = at < text.length() && text.charAt(at) <= 'f';
      int digit = more ? Character.digit(text.charAt(at), 16) : -1;
      if (digit < 0) {
        throw error(
            start, "escape: expected %d hexadecimal digits, got %s".formatted(digits, found()));
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private boolean take(char expected) {
    boolean there = at < text.length() && text.charAt(at) == expected;
    at += there ? 1 : 0;
    return there;
  }

  private int next() {
    if (at >= text.length()) {
      throw error(at, "expected more, got the end");
    }
    int c = text.codePointAt(at);
    at += Character.charCount(c);
    if (c >= 0xD800 && c <= 0xDFFF) {
      throw error(at - 1, "expected surrogates in pairs");
    }
    return c;
  }

  private String found() {
    return at >= text.length() ? "the end" : "'" + Character.toString(text.codePointAt(at)) + "'";
  }

  private static GrammarException error(int where, String message) {
    return new GrammarException("1:" + (where + 1), "regular expression: " + message);
  }
}
