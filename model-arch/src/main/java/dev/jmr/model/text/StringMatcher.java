package dev.jmr.model.text;

/// Finds one string in a text that comes character by character, in constant time per character (Knuth, Morris, Pratt:
/// "Fast pattern matching in strings", 1977). For one thread; does not allocate after its creation.
public final class StringMatcher {
  private final String wanted;

  /// At `i`: how long a prefix of `wanted` the first `i + 1` characters of it end with, other than those themselves.
  private final int[] fallback;

  private int matched;

  /// @throws IllegalArgumentException if the string is empty
  public StringMatcher(String wanted) {
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException("string to find: expected a character or more, got none");
    }
    this.wanted = wanted;
    this.fallback = new int[wanted.length()];
    for (int i = 1; i < fallback.length; i++) {
      fallback[i] = longest(fallback[i - 1], wanted.charAt(i));
    }
  }

  /// The string that is looked for.
  public String wanted() {
    return wanted;
  }

  /// Whether the string ends with this character of the text. Occurrences may overlap.
  public boolean accept(char next) {
    int known = matched == wanted.length() ? fallback[matched - 1] : matched;
    matched = longest(known, next);
    return matched == wanted.length();
  }

  /// How many characters at the end of the text are the beginning of the string: all of them, if it was just found.
  public int matched() {
    return matched;
  }

  private int longest(int known, char next) {
    int length = known;
    while (length > 0 && wanted.charAt(length) != next) {
      length = fallback[length - 1];
    }
    return wanted.charAt(length) == next ? length + 1 : 0;
  }
}
