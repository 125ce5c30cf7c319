package dev.jmr.model.template.value;

/// Escaping for HTML.
public final class Markup {
  private Markup() {}

  /// The text with `& < > " '` replaced, unless it is marked as safe.
  public static String escape(Str text) {
    return text.isSafe() ? text.text() : escape(text.text());
  }

  /// The text with `& < > " '` replaced.
  public static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&#34;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
