package dev.jmr.model.chat.output;

import java.util.List;

/// The text that has been fed and not been taken yet.
final class Input {
  /// Whether a literal stands somewhere: maybe, as long as the text ends in the middle of it and may go on.
  enum Match {
    YES,
    NO,
    MAYBE
  }

  private final StringBuilder text = new StringBuilder();
  private int position;
  private boolean ended;

  void append(String piece) {
    text.delete(0, position).append(piece);
    position = 0;
  }

  /// Says that nothing follows: no literal stands at the end by half any more.
  void end() {
    ended = true;
  }

  int available() {
    return text.length() - position;
  }

  char charAt(int offset) {
    return text.charAt(position + offset);
  }

  void skip(int count) {
    position += count;
  }

  String take(int count) {
    String taken = text.substring(position, position + count);
    position += count;
    return taken;
  }

  Match at(int offset, String literal) {
    int there = Math.min(literal.length(), available() - offset);
    for (int i = 0; i < there; i++) {
      if (charAt(offset + i) != literal.charAt(i)) {
        return Match.NO;
      }
    }
    if (there == literal.length()) {
      return Match.YES;
    }
    return ended ? Match.NO : Match.MAYBE;
  }

  /// Whether one of these stands there, or may turn out to.
  Match atAny(int offset, List<String> literals) {
    Match found = Match.NO;
    for (String literal : literals) {
      Match match = at(offset, literal);
      if (match == Match.YES) {
        return match;
      }
      found = match == Match.MAYBE ? match : found;
    }
    return found;
  }

  /// The first of these that stands there, which one is known to do.
  String which(int offset, List<String> literals) {
    for (String literal : literals) {
      if (at(offset, literal) == Match.YES) {
        return literal;
      }
    }
    throw new IllegalArgumentException("literal: expected one of " + literals + ", got none");
  }
}
