package dev.jmr.model.chat.output;

import java.util.List;

/// The text around a model's thoughts.
///
/// @param open what begins a thought
/// @param close what ends it
/// @param anywhere whether a thought may also begin in the middle of an answer: so where `open` is a special token, and no
///     answer speaks of it
/// @param alsoEndedBy what ends a thought without belonging to it: special tokens with which calls begin
public record ReasoningMarkers(
    String open, String close, boolean anywhere, List<String> alsoEndedBy) {
  public ReasoningMarkers {
    alsoEndedBy = List.copyOf(alsoEndedBy);
  }

  /// Whether this prompt leaves a thought open, so that the model goes on inside of it.
  public boolean openAtEnd(String prompt) {
    return prompt.stripTrailing().endsWith(open);
  }

  Trigger trigger() {
    return trigger(!anywhere);
  }

  Trigger trigger(boolean atStart) {
    return new Trigger(
        open, atStart, true, false, (machine, opening) -> machine.enter(mode(machine)));
  }

  Mode mode(Machine machine) {
    machine.out.boundary();
    return new ReasoningMode(this);
  }
}
