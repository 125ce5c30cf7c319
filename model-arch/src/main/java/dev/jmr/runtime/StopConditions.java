package dev.jmr.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// What ends an answer besides the model itself. The answer that ends is one with reason
/// [dev.jmr.runtime.GenerationEvent.Reason#STOP].
///
/// @param strings the text ends before the first of these that is complete, wherever the borders of tokens lie; when two
///     are complete with the same character, the longer one counts
/// @param tokens ids with which the text ends; they add nothing to it
/// @param includeString whether the stop string itself still belongs to the text
public record StopConditions(List<String> strings, Set<Integer> tokens, boolean includeString) {
  /// As many strings as there can be.
  public static final int MAX_STRINGS = 256;

  /// As many characters as a string can have.
  public static final int MAX_STRING_LENGTH = 4096;

  /// Only the model ends its answer.
  public static final StopConditions NONE = new StopConditions(List.of(), Set.of(), false);

  /// @throws IllegalArgumentException if a string is empty, no text, or too long, or there are too many, or a token id is
  ///     negative
  public StopConditions {
    strings = strings.stream().distinct().toList();
    tokens = Set.copyOf(tokens);
    check(strings.size() <= MAX_STRINGS, "stop", "at most " + MAX_STRINGS, strings.size());
    for (String string : strings) {
      check(!string.isEmpty(), "stop", "strings of a character or more", "an empty one");
      check(
          string.length() <= MAX_STRING_LENGTH,
          "stop",
          "strings of at most " + MAX_STRING_LENGTH + " characters",
          string.length());
      check(
          string.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF),
          "stop",
          "whole characters",
          "half a surrogate pair");
    }
    for (int token : tokens) {
      check(token >= 0, "stop token", "an id of 0 or more", token);
    }
  }

  /// Ends before any of these strings.
  public static StopConditions before(String... strings) {
    return new StopConditions(Arrays.asList(strings), Set.of(), false);
  }

  private static void check(boolean valid, String name, String expected, Object value) {
    if (!valid) {
      throw new IllegalArgumentException(name + ": expected " + expected + ", got " + value);
    }
  }
}
