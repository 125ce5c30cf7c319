package dev.jmr.runtime.local;

import dev.jmr.model.text.StringMatcher;
import java.util.List;

/// Looks for several strings in a text that comes character by character. For one thread.
final class StopStrings {
  private final StringMatcher[] matchers;
  private String found = "";
  private int partial;

  /// @param strings of which none is empty
  StopStrings(List<String> strings) {
    matchers = strings.stream().map(StringMatcher::new).toArray(StringMatcher[]::new);
  }

  boolean none() {
    return matchers.length == 0;
  }

  /// Whether one of the strings ends with this character.
  boolean accept(char next) {
    partial = 0;
    found = "";
    for (StringMatcher matcher : matchers) {
      if (matcher.accept(next) && matcher.wanted().length() > found.length()) {
        found = matcher.wanted();
      }
      partial = Math.max(partial, matcher.matched());
    }
    return !found.isEmpty();
  }

  /// The longest of the strings that ended with the last character.
  String found() {
    return found;
  }

  /// How many characters at the end of the text may become one of the strings.
  int partial() {
    return partial;
  }
}
