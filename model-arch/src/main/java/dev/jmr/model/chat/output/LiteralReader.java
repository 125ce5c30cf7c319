package dev.jmr.model.chat.output;

/// Reads an object of another language, or the arguments of its calls, and says the same in JSON.
///
/// Starts behind the opening bracket. Lists, tuples, objects, strings, numbers, `True`, `False`, `None` and their spellings
/// in JSON.
final class LiteralReader {
  private static final int MOST_DEPTH = 256;

  private enum Place {
    KEY_OR_CLOSE,
    KEY,
    SEPARATOR,
    VALUE,
    VALUE_OR_CLOSE,
    NEXT,
    WORD,
    STRING,
    ESCAPE
  }

  private final LiteralSyntax syntax;
  private final char separator;

  /// The brackets that are open, each by what closes it.
  private final StringBuilder open = new StringBuilder();

  private final StringBuilder word = new StringBuilder();
  private Place place = Place.KEY_OR_CLOSE;
  private boolean key;
  private boolean comma;
  private String quote = "";

  /// @param close what closes the whole: `)` for arguments, `}` for an object
  /// @param separator what stands between a key and its value at the outermost level
  LiteralReader(LiteralSyntax syntax, char close, char separator, StringBuilder out) {
    this.syntax = syntax;
    this.separator = separator;
    open.append(close);
    out.append('{');
  }

  /// Takes one step.
  ///
  /// @param out what has become certain is appended here
  /// @return `MORE` if it took some input, `DONE_BEFORE` if it needs more input to go on, `DONE` if it took the last
  ///     bracket, `BROKEN` if the input cannot stand there
  Progress advance(Input input, StringBuilder out) {
    char c = input.charAt(0);
    return switch (place) {
      case WORD -> word(input, c, out);
      case STRING -> string(input, c, out);
      case ESCAPE -> escape(input, c, out);
      case KEY_OR_CLOSE, KEY, SEPARATOR, VALUE, VALUE_OR_CLOSE, NEXT ->
          JsonScanner.isSpace(c) ? took(input) : structure(input, c, out);
    };
  }

  private static Progress took(Input input) {
    input.skip(1);
    return Progress.MORE;
  }

  private Progress structure(Input input, char c, StringBuilder out) {
    return switch (place) {
      case KEY_OR_CLOSE, KEY -> {
        key = true;
        yield c == closing() ? close(input, out) : scalar(input, c, out);
      }
      case SEPARATOR -> {
        char expected = open.length() == 1 ? separator : ':';
        if (c != expected) {
          yield Progress.BROKEN;
        }
        out.append(": ");
        place = Place.VALUE;
        yield took(input);
      }
      case VALUE, VALUE_OR_CLOSE -> {
        key = false;
        boolean end = place == Place.VALUE_OR_CLOSE && c == closing();
        yield end ? close(input, out) : value(input, c, out);
      }
      case NEXT -> {
        if (c == closing()) {
          yield close(input, out);
        }
        if (c != ',') {
          yield Progress.BROKEN;
        }
        place = inObject() ? Place.KEY : Place.VALUE_OR_CLOSE;
        comma = true;
        yield took(input);
      }
      case WORD, STRING, ESCAPE -> Progress.BROKEN;
    };
  }

  /// The separator waits for what follows it, since languages allow it before a closing bracket.
  private void comma(StringBuilder out) {
    out.append(comma ? ", " : "");
    comma = false;
  }

  private char closing() {
    char last = open.charAt(open.length() - 1);
    return last == 't' ? ')' : last;
  }

  private boolean inObject() {
    return open.length() == 1 || open.charAt(open.length() - 1) == '}';
  }

  private Progress close(Input input, StringBuilder out) {
    comma = false;
    out.append(inObject() ? '}' : ']');
    input.skip(1);
    open.setLength(open.length() - 1);
    place = Place.NEXT;
    return open.isEmpty() ? Progress.DONE : Progress.MORE;
  }

  private Progress value(Input input, char c, StringBuilder out) {
    int bracket = "{[(".indexOf(c);
    if (bracket < 0) {
      return scalar(input, c, out);
    }
    if (open.length() >= MOST_DEPTH) {
      return Progress.BROKEN;
    }
    comma(out);
    open.append("}]t".charAt(bracket));
    out.append(c == '{' ? '{' : '[');
    place = c == '{' ? Place.KEY_OR_CLOSE : Place.VALUE_OR_CLOSE;
    return took(input);
  }

  private Progress scalar(Input input, char c, StringBuilder out) {
    Input.Match match = input.atAny(0, syntax.quotes());
    if (match == Input.Match.MAYBE) {
      return Progress.DONE_BEFORE;
    }
    if (match == Input.Match.YES) {
      quote = input.which(0, syntax.quotes());
      input.skip(quote.length());
      comma(out);
      out.append('"');
      place = Place.STRING;
      return Progress.MORE;
    }
    if (!inWord(c)) {
      return Progress.BROKEN;
    }
    place = Place.WORD;
    return Progress.MORE;
  }

  private boolean inWord(char c) {
    return syntax.bareStrings()
        ? c >= ' ' && ",:{}[]<>\"".indexOf(c) < 0
        : Character.isLetterOrDigit(c) || "_.+-".indexOf(c) >= 0;
  }

  private Progress word(Input input, char c, StringBuilder out) {
    if (inWord(c)) {
      if (word.length() >= 4 * Names.MOST) {
        return Progress.BROKEN;
      }
      word.append(c);
      return took(input);
    }
    String text = word.toString().strip();
    String json =
        switch (text) {
          case "True", "true" -> "true";
          case "False", "false" -> "false";
          case "None", "null" -> "null";
          default -> JsonText.kind(text).isPresent() ? text : "";
        };
    if (!key && json.isEmpty() && !syntax.bareStrings()) {
      return Progress.BROKEN;
    }
    comma(out);
    out.append(key || json.isEmpty() ? JsonText.quote(text) : json);
    word.setLength(0);
    place = key ? Place.SEPARATOR : Place.NEXT;
    return Progress.MORE;
  }

  /// The part of a word that was taken and not said.
  String unsaid() {
    return word.toString();
  }

  private Progress string(Input input, char c, StringBuilder out) {
    if (syntax.escapes() && c == '\\') {
      if (input.available() < 2) {
        return Progress.DONE_BEFORE;
      }
      input.skip(1);
      place = Place.ESCAPE;
      return Progress.MORE;
    }
    Input.Match match = input.at(0, quote);
    if (match == Input.Match.MAYBE) {
      return Progress.DONE_BEFORE;
    }
    if (match == Input.Match.YES) {
      input.skip(quote.length());
      out.append('"');
      place = key ? Place.SEPARATOR : Place.NEXT;
      return Progress.MORE;
    }
    JsonText.escape(c, out);
    return took(input);
  }

  private Progress escape(Input input, char c, StringBuilder out) {
    int digits = c == 'x' ? 2 : c == 'u' ? 4 : 0;
    if (input.available() <= digits) {
      return Progress.DONE_BEFORE;
    }
    place = Place.STRING;
    int code = 0;
    for (int i = 1; i <= digits; i++) {
      int digit = Character.digit(input.charAt(i), 16);
      code = digit < 0 || code < 0 ? -1 : code << 4 | digit;
    }
    int simple = "\\'\"nrtbf".indexOf(c);
    if (digits > 0 && code >= 0) {
      JsonText.escape((char) code, out);
      input.skip(digits);
    } else if (simple >= 0) {
      JsonText.escape("\\'\"\n\r\t\b\f".charAt(simple), out);
    } else {
      out.append("\\\\");
      JsonText.escape(c, out);
    }
    return took(input);
  }
}
