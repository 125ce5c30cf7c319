package dev.jmr.model.chat.output;

/// The arguments of a call where a dialect writes them as JSON: an object; a string that contains one; or nothing (`null`).
/// What comes out is one object.
final class JsonArguments {
  private final JsonScanner scanner = new JsonScanner();
  private final StringDecoder string = new StringDecoder();
  private final StringBuilder decoded = new StringBuilder();
  private boolean started;
  private boolean quoted;
  private boolean absent;
  private boolean complete;

  /// @param out what has become certain of the object is appended here
  Progress accept(char c, StringBuilder out) {
    if (!started) {
      return start(c, out);
    }
    if (quoted) {
      return quoted(c, out);
    }
    if (absent) {
      Progress progress = scanner.accept(c);
      out.append(progress == Progress.DONE ? "{}" : "");
      return progress;
    }
    return object(c, out);
  }

  private Progress start(char c, StringBuilder out) {
    started = true;
    switch (c) {
      case '"' -> quoted = true;
      case 'n' -> {
        absent = true;
        scanner.accept(c);
      }
      case '{' -> object(c, out);
      default -> {
        return Progress.BROKEN;
      }
    }
    return Progress.MORE;
  }

  private Progress object(char c, StringBuilder out) {
    boolean inString = scanner.inString();
    Progress progress = scanner.accept(c);
    if (progress == Progress.MORE || progress == Progress.DONE) {
      if (inString && c < ' ') {
        JsonText.escape(c, out);
      } else {
        out.append(c);
      }
    }
    return progress;
  }

  private Progress quoted(char c, StringBuilder out) {
    decoded.setLength(0);
    Progress progress = string.accept(c, decoded);
    if (progress == Progress.DONE && !complete) {
      boolean empty = scanner.atStart();
      out.append(empty ? "{}" : "");
      return empty ? progress : Progress.BROKEN;
    }
    return decoded.isEmpty() ? progress : inner(decoded.charAt(0), out);
  }

  private Progress inner(char c, StringBuilder out) {
    boolean space = JsonScanner.isSpace(c);
    if (complete || (scanner.atStart() && c != '{')) {
      return space ? Progress.MORE : Progress.BROKEN;
    }
    Progress progress = object(c, out);
    complete = progress == Progress.DONE;
    return complete ? Progress.MORE : progress;
  }
}
