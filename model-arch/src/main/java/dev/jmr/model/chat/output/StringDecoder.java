package dev.jmr.model.chat.output;

/// Decodes a string of JSON character by character, from behind its opening quote to its closing one.
final class StringDecoder {
  private boolean escaped;
  private int hexLeft;
  private int code;

  /// @param out what the character turns out to mean is appended here
  Progress accept(char c, StringBuilder out) {
    if (hexLeft > 0) {
      return hex(c, out);
    }
    if (escaped) {
      return escape(c, out);
    }
    if (c == '"') {
      return Progress.DONE;
    }
    escaped = c == '\\';
    if (!escaped) {
      out.append(c);
    }
    return Progress.MORE;
  }

  private Progress escape(char c, StringBuilder out) {
    escaped = false;
    if (c == 'u') {
      hexLeft = 4;
      code = 0;
      return Progress.MORE;
    }
    int meaning = "\"\\/bfnrt".indexOf(c);
    if (meaning < 0) {
      return Progress.BROKEN;
    }
    out.append("\"\\/\b\f\n\r\t".charAt(meaning));
    return Progress.MORE;
  }

  private Progress hex(char c, StringBuilder out) {
    int digit = c > 'f' ? -1 : Character.digit(c, 16);
    if (digit < 0) {
      return Progress.BROKEN;
    }
    code = code << 4 | digit;
    hexLeft--;
    if (hexLeft == 0) {
      out.append((char) code);
    }
    return Progress.MORE;
  }
}
