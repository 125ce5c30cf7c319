package dev.jmr.model.chat.constraint;

import dev.jmr.model.chat.output.ReasoningMarkers;
import java.util.List;

/// The thoughts that may come before an answer.
///
/// @param markers what may stand around a thought; none = the model does not think
/// @param open whether the prompt leaves a thought open: then it is one between the only markers
public record Thoughts(List<ReasoningMarkers> markers, boolean open) {
  /// The model does not think.
  public static final Thoughts NONE = new Thoughts(List.of(), false);

  public Thoughts {
    markers = List.copyOf(markers);
  }

  /// A thought that the prompt has begun.
  public static Thoughts begun(ReasoningMarkers markers) {
    return new Thoughts(List.of(markers), true);
  }
}
