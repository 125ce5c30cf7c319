package dev.jmr.cli;

import java.util.Optional;
import java.util.regex.Pattern;

/// The little colour that a terminal gets; none where the variable `NO_COLOR` is set.
final class Style {
  private static final String GREY = "\u001b[90m";
  private static final String RESET = "\u001b[0m";

  /// What would do something to a terminal rather than be seen on it.
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}&&[^\\n\\r\\t]]");

  /// Puts the cursor at the start of the line and empties it.
  static final String CLEAR_LINE = "\r\u001b[K";

  private Style() {}

  static String grey(String text) {
    return plain() ? text : GREY + text + RESET;
  }

  /// Whether the user wants no colours.
  static boolean plain() {
    return Optional.ofNullable(System.getenv("NO_COLOR")).filter(s -> !s.isEmpty()).isPresent();
  }

  /// A text that others wrote, without control characters, so that it cannot move the cursor or change the title.
  static String harmless(String text) {
    return CONTROLS.matcher(text).replaceAll("\uFFFD");
  }
}
