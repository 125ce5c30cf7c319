package dev.jmr.runtime.local;

import dev.jmr.model.chat.output.ReasoningMarkers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tells the tokens of thoughts from the others, by the text that they add. For one answer and one thread.
///
/// Sees what [dev.jmr.model.chat.output.OutputParser] sees, but as early as the token comes.
final class ThoughtTracker {
  private final List<ReasoningMarkers> markers;
  private final StringBuilder recent = new StringBuilder();
  private final int longest;
  private Optional<ReasoningMarkers> inside;
  private List<String> ends;

  /// Characters but white space since the beginning or the last thought.
  private int written;

  private int begun;
  private int tokens;

  /// @param opened the thought that the prompt leaves open
  ThoughtTracker(List<ReasoningMarkers> markers, Optional<ReasoningMarkers> opened) {
    this.markers = markers;
    this.inside = opened;
    this.ends = opened.map(ThoughtTracker::ends).orElse(List.of());
    this.begun = opened.isPresent() ? 1 : 0;
    this.longest =
        markers.stream()
            .flatMapToInt(each ->
                ends(each).stream().mapToInt(end -> Math.max(end.length(), each.open().length())))
            .max()
            .orElse(0);
  }

  private static List<String> ends(ReasoningMarkers markers) {
    List<String> all = new ArrayList<>(markers.alsoEndedBy());
    all.add(markers.close());
    return all;
  }

  /// Takes the text that the next token adds.
  void accept(String text) {
    if (markers.isEmpty()) {
      return;
    }
    boolean before = inside.isPresent();
    for (int i = 0; i < text.length(); i++) {
      accept(text.charAt(i));
    }
    if (before || inside.isPresent()) {
      tokens++;
    }
  }

  private void accept(char c) {
    recent.append(c);
    if (recent.length() > longest) {
      recent.deleteCharAt(0);
    }
    if (inside.isPresent()) {
      if (anyEndsHere()) {
        inside = Optional.empty();
        written = 0;
        recent.setLength(0);
      }
      return;
    }
    written += Character.isWhitespace(c) ? 0 : 1;
    for (ReasoningMarkers each : markers) {
      if (endsWith(each.open()) && (each.anywhere() || written == letters(each.open()))) {
        inside = Optional.of(each);
        ends = ends(each);
        begun++;
        recent.setLength(0);
        return;
      }
    }
  }

  private boolean anyEndsHere() {
    for (String end : ends) {
      if (endsWith(end)) {
        return true;
      }
    }
    return false;
  }

  private boolean endsWith(String text) {
    int from = recent.length() - text.length();
    return from >= 0 && recent.indexOf(text, from) == from;
  }

  private static int letters(String text) {
    return (int) text.chars().filter(c -> !Character.isWhitespace(c)).count();
  }

  /// The thought that is open.
  Optional<ReasoningMarkers> inside() {
    return inside;
  }

  /// Thoughts that have begun so far.
  int begun() {
    return begun;
  }

  /// Tokens of thoughts so far, their markers included.
  int tokens() {
    return tokens;
  }
}
