package dev.jmr.runtime.local;

import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationEvent;
import java.util.ArrayList;
import java.util.List;

/// What an answer to a conversation turned out to be.
///
/// @param calls each as `name arguments`, with ` …` behind one that does not end
record Story(String thoughts, String text, List<String> calls, GenerationEvent.Finished finished) {
  static Story of(Generation generation) throws InterruptedException {
    StringBuilder thoughts = new StringBuilder();
    StringBuilder text = new StringBuilder();
    List<String> calls = new ArrayList<>();
    try (generation) {
      while (true) {
        switch (generation.next()) {
          case GenerationEvent.PromptProgress _ -> {
            // Not a part of the answer.
          }
          case GenerationEvent.TextDelta delta -> text.append(delta.text());
          case GenerationEvent.ReasoningDelta delta -> thoughts.append(delta.text());
          case GenerationEvent.ToolCallBegin begin -> calls.add(begin.name() + "  …");
          case GenerationEvent.ToolCallArguments(int _, String json) ->
              calls.add(calls.removeLast().replace(" …", json + " …"));
          case GenerationEvent.ToolCallEnd _ -> calls.add(calls.removeLast().replace(" …", ""));
          case GenerationEvent.Finished finished -> {
            return new Story(thoughts.toString(), text.toString(), calls, finished);
          }
        }
      }
    }
  }

  GenerationEvent.Reason reason() {
    return finished.reason();
  }
}
