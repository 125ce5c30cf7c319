package dev.jmr.runtime;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// How much a model thinks before it answers a conversation. Models that do not think pass it over.
///
/// @param mode whether it thinks: told to the template (`enable_thinking`, `thinking`), and held to where it is off
/// @param effort told to the template as `reasoning_effort`: one of [#EFFORTS]
/// @param budget tokens of thoughts at most; when they are used up, the end of the thought is put in the model's mouth
public record Reasoning(Mode mode, Optional<String> effort, OptionalInt budget) {
  /// Whatever the model does by itself.
  public static final Reasoning DEFAULT =
      new Reasoning(Mode.DEFAULT, Optional.empty(), OptionalInt.empty());

  /// No thoughts.
  public static final Reasoning OFF =
      new Reasoning(Mode.OFF, Optional.empty(), OptionalInt.empty());

  /// Thoughts, where the model can.
  public static final Reasoning ON = new Reasoning(Mode.ON, Optional.empty(), OptionalInt.empty());

  /// The efforts that there are, least first.
  public static final List<String> EFFORTS = List.of("minimal", "low", "medium", "high", "xhigh");

  /// Whether a model thinks.
  public enum Mode {
    DEFAULT,
    ON,
    OFF
  }

  /// @throws IllegalArgumentException if there is no such effort, or the budget is negative
  public Reasoning {
    if (effort.isPresent() && !EFFORTS.contains(effort.get())) {
      throw new IllegalArgumentException(
          "reasoning effort: expected one of %s, got '%s'"
              .formatted(String.join(", ", EFFORTS), effort.get()));
    }
    if (budget.orElse(0) < 0) {
      throw new IllegalArgumentException(
          "reasoning budget: expected 0 tokens or more, got " + budget.getAsInt());
    }
  }

  /// What a word asks for: `on`, `off` or `none`, or an effort.
  ///
  /// @throws IllegalArgumentException if it is none of these
  public static Reasoning parse(String word) {
    return switch (word) {
      case "on" -> ON;
      case "off", "none" -> OFF;
      case String effort when EFFORTS.contains(effort) ->
          new Reasoning(Mode.ON, Optional.of(effort), OptionalInt.empty());
      default ->
          throw new IllegalArgumentException(
              "reasoning: expected on, off, %s, got '%s'"
                  .formatted(String.join(", ", EFFORTS), word));
    };
  }

  /// The same with at most this many tokens of thoughts.
  ///
  /// @throws IllegalArgumentException if they are negative
  public Reasoning withBudget(int tokens) {
    return new Reasoning(mode, effort, OptionalInt.of(tokens));
  }

  /// Tokens of thoughts at most; empty if they are not limited.
  public OptionalInt limit() {
    return mode == Mode.OFF ? OptionalInt.of(0) : budget;
  }
}
