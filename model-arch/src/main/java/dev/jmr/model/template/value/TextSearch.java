package dev.jmr.model.template.value;

/// Finds strings in strings in time proportional to their lengths, also when both are made to be slow.
public final class TextSearch {
  private static final int SHORT = 32;

  private TextSearch() {}

  /// As `text.indexOf(sought, from)`.
  public static int indexOf(String text, String sought, int from) {
    if (sought.length() < SHORT || text.length() < SHORT) {
      return text.indexOf(sought, from);
    }
    int[] borders = borders(sought);
    int matched = 0;
    for (int i = from; i < text.length(); i++) {
      while (matched > 0 && text.charAt(i) != sought.charAt(matched)) {
        matched = borders[matched - 1];
      }
      matched += text.charAt(i) == sought.charAt(matched) ? 1 : 0;
      if (matched == sought.length()) {
        return i - matched + 1;
      }
    }
    return -1;
  }

  /// As `text.lastIndexOf(sought)`.
  public static int lastIndexOf(String text, String sought) {
    if (sought.length() < SHORT) {
      return text.lastIndexOf(sought);
    }
    String reversedText = new StringBuilder(text).reverse().toString();
    String reversedSought = new StringBuilder(sought).reverse().toString();
    int found = indexOf(reversedText, reversedSought, 0);
    return found < 0 ? -1 : text.length() - found - sought.length();
  }

  /// For each prefix, the length of its longest proper prefix that is also its suffix.
  private static int[] borders(String sought) {
    int[] borders = new int[sought.length()];
    int border = 0;
    for (int i = 1; i < sought.length(); i++) {
      while (border > 0 && sought.charAt(i) != sought.charAt(border)) {
        border = borders[border - 1];
      }
      border += sought.charAt(i) == sought.charAt(border) ? 1 : 0;
      borders[i] = border;
    }
    return borders;
  }
}
