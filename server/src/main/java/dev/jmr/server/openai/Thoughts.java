package dev.jmr.server.openai;

import dev.jmr.runtime.GenerationEvent;
import dev.jmr.runtime.GenerationEvent.Finished;
import dev.jmr.runtime.GenerationEvent.PromptProgress;
import dev.jmr.runtime.GenerationEvent.ReasoningDelta;
import dev.jmr.runtime.GenerationEvent.TextDelta;
import java.util.List;

/// Brings the thoughts of one answer into the form that is wanted. For one thread.
final class Thoughts {
  private static final String BEGIN = "<think>\n";
  private static final String END = "\n</think>\n\n";

  private final ThoughtForm form;

  /// Whether a thought was begun in the text and has not ended there.
  private boolean open;

  Thoughts(ThoughtForm form) {
    this.form = form;
  }

  /// What is to be told instead of an event.
  List<GenerationEvent> of(GenerationEvent event) {
    if (form == ThoughtForm.APART || event instanceof PromptProgress) {
      return List.of(event);
    }
    if (event instanceof ReasoningDelta(String text)) {
      TextDelta shown = new TextDelta(open ? text : BEGIN + text);
      open = true;
      return form == ThoughtForm.BOTH ? List.of(event, shown) : List.of(shown);
    }
    if (!open || event instanceof Finished) {
      return List.of(event);
    }
    open = false;
    return List.of(new TextDelta(END), event);
  }
}
