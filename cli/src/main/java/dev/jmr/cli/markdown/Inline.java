package dev.jmr.cli.markdown;

import java.util.function.Consumer;

/// What stands within a line: `**bold**`, `*italic*` and `` `code` ``. Marks that nothing can follow are shown as they are.
final class Inline {
  static final String HEADING = "1;4";
  static final String GREY = "90";
  static final String CODE = "36";

  private static final String ESCAPE = "\u001b[";
  private static final int BOLD_STARS = 2;

  private final Consumer<String> out;
  private final StringBuilder text = new StringBuilder();
  private String line = "";
  private boolean bold;
  private boolean italic;
  private boolean code;
  private int stars;
  private int before = ' ';

  Inline(Consumer<String> out) {
    this.out = out;
  }

  /// What the rest of the line looks like: numbers of `SGR`, ECMA-48.
  void style(String numbers) {
    line = numbers;
    restyle();
  }

  void literal(int c) {
    text.appendCodePoint(c);
  }

  void add(int c) {
    if (c == '*' && !code) {
      stars++;
      return;
    }
    endStars(c);
    if (c == '`') {
      code = !code;
      restyle();
    } else {
      text.appendCodePoint(c);
    }
    before = c;
  }

  /// Stars open before a word and close behind one.
  private void endStars(int next) {
    if (stars == 0) {
      return;
    }
    boolean wantsBold = stars >= BOLD_STARS;
    boolean wantsItalic = stars != BOLD_STARS;
    boolean open = wantsBold ? bold : italic;
    boolean marks =
        stars <= BOLD_STARS + 1
            && (open
                ? !Character.isWhitespace(before)
                : !Character.isWhitespace(next) && !Character.isLetterOrDigit(before));
    if (marks) {
      bold ^= wantsBold;
      italic ^= wantsItalic;
      restyle();
    } else {
      text.repeat('*', stars);
    }
    stars = 0;
  }

  private void restyle() {
    text.append(ESCAPE).append('0');
    append(!line.isEmpty(), line);
    append(bold, "1");
    append(italic, "3");
    append(code, CODE);
    text.append('m');
  }

  private void append(boolean wanted, String numbers) {
    if (wanted) {
      text.append(';').append(numbers);
    }
  }

  /// Shows what there is.
  void flush() {
    if (!text.isEmpty()) {
      out.accept(text.toString());
      text.setLength(0);
    }
  }

  /// Ends all styles with the line.
  void endLine() {
    endStars(' ');
    boolean styled = bold || italic || code || !line.isEmpty();
    bold = false;
    italic = false;
    code = false;
    line = "";
    before = ' ';
    if (styled) {
      restyle();
    }
    flush();
  }
}
