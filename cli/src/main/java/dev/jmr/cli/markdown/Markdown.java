package dev.jmr.cli.markdown;

import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Renders Markdown for a terminal, piece by piece as it comes: headings, lists, quotes and blocks of code by their lines'
/// beginnings, bold, italic and code within a line by [Inline]. Everything else is shown as it is written.
///
/// A line is held back only until its beginning tells what it is: some characters. For one thread.
public final class Markdown {
  private static final Pattern UNDECIDED =
      Pattern.compile(" *(#{0,6}|`{0,3}|[-+*>]|\\d{1,4}[.)]?)");
  private static final Pattern FENCE = Pattern.compile(" *```");
  private static final Pattern HEADING = Pattern.compile("#{1,6} ");
  private static final Pattern BULLET = Pattern.compile(" *[-+*] ");
  private static final Pattern QUOTE = Pattern.compile(" *> ");

  private final Consumer<String> out;
  private final Inline inline;
  private final StringBuilder head = new StringBuilder();
  private boolean begun;
  private boolean fenceLine;
  private boolean code;

  /// @param out takes text with the terminal's codes for colours in it
  public Markdown(Consumer<String> out) {
    this.out = out;
    this.inline = new Inline(out);
  }

  /// Shows the next piece.
  public void write(String text) {
    text.codePoints().forEach(this::write);
    inline.flush();
  }

  /// Shows what was held back, and goes back to plain text.
  public void end() {
    begin();
    inline.endLine();
    begun = false;
    fenceLine = false;
    code = false;
  }

  private void write(int c) {
    if (c == '\n') {
      begin();
      endLine();
      return;
    }
    if (begun) {
      add(c);
      return;
    }
    head.appendCodePoint(c);
    if (!UNDECIDED.matcher(head).matches()) {
      begin();
    }
  }

  private void add(int c) {
    if (code || fenceLine) {
      inline.literal(c);
    } else {
      inline.add(c);
    }
  }

  private void begin() {
    if (begun) {
      return;
    }
    begun = true;
    String text = head.toString();
    head.setLength(0);
    if (FENCE.matcher(text).lookingAt()) {
      code = !code;
      fenceLine = true;
      inline.style(Inline.GREY);
    } else if (code) {
      inline.style(Inline.CODE);
    } else if (HEADING.matcher(text).matches()) {
      inline.style(Inline.HEADING);
      return;
    } else if (BULLET.matcher(text).matches()) {
      text = text.substring(0, text.length() - 2) + "• ";
    } else if (QUOTE.matcher(text).matches()) {
      inline.style(Inline.GREY);
      text = text.substring(0, text.length() - 2) + "│ ";
    }
    text.codePoints().forEach(this::add);
  }

  private void endLine() {
    inline.endLine();
    out.accept("\n");
    begun = false;
    fenceLine = false;
  }
}
