package dev.jmr.runtime.local;

import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationEvent;
import java.util.ArrayList;
import java.util.List;

/// Everything that a generation said.
record Answer(String text, List<Integer> progress, GenerationEvent.Finished finished) {
  static Answer of(Generation generation) throws InterruptedException {
    StringBuilder text = new StringBuilder();
    List<Integer> progress = new ArrayList<>();
    try (generation) {
      while (true) {
        switch (generation.next()) {
          case GenerationEvent.PromptProgress part -> progress.add(part.processedTokens());
          case GenerationEvent.TextDelta delta -> text.append(delta.text());
          case GenerationEvent.ReasoningDelta _,
              GenerationEvent.ToolCallBegin _,
              GenerationEvent.ToolCallArguments _,
              GenerationEvent.ToolCallEnd _ -> {
            // Only what is said counts here.
          }
          case GenerationEvent.Finished finished -> {
            return new Answer(text.toString(), progress, finished);
          }
        }
      }
    }
  }

  int tokens() {
    return finished.usage().completionTokens();
  }
}
