package dev.jmr.cli;

import java.util.Optional;

/// The little colour that a terminal gets; none where the variable `NO_COLOR` is set.
final class Style {
  private static final String GREY = "\u001b[90m";
  private static final String RESET = "\u001b[0m";

  /// Puts the cursor at the start of the line and empties it.
  static final String CLEAR_LINE = "\r\u001b[K";

  private Style() {}

  static String grey(String text) {
    boolean plain =
        Optional.ofNullable(System.getenv("NO_COLOR")).filter(s -> !s.isEmpty()).isPresent();
    return plain ? text : GREY + text + RESET;
  }
}
