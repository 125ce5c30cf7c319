package dev.jmr.cli;

import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationEvent;
import java.util.Optional;
import java.util.function.Consumer;

/// Writes an answer as it comes.
///
/// @param out takes the text and calls of tools (see [CallLine]), piece by piece, and shows them at once
/// @param thoughts takes what the model thinks before it answers; empty = nobody wants to see it
/// @param progress takes what is to be seen on a terminal while the prompt is read; empty = there is no terminal
record AnswerWriter(
    Consumer<String> out,
    Optional<Consumer<String>> thoughts,
    Optional<Consumer<String>> progress) {
  /// A whole answer.
  record Answer(String text, GenerationEvent.Finished finished) {}

  /// Waits for all of the answer. The generation is closed at the end, whatever happens.
  ///
  /// @throws dev.jmr.runtime.EngineException if the generation fails
  Answer write(Generation generation) throws InterruptedException {
    StringBuilder text = new StringBuilder();
    boolean thinking = false;
    Optional<PromptProgressLine> line =
        progress.map(terminal -> new PromptProgressLine(terminal, System.nanoTime()));
    try (generation) {
      while (true) {
        switch (generation.next()) {
          case GenerationEvent.PromptProgress event ->
              line.ifPresent(shown -> shown.show(event, System.nanoTime()));
          case GenerationEvent.TextDelta(String delta, _) -> {
            line.ifPresent(PromptProgressLine::clear);
            endThought(thinking);
            thinking = false;
            text.append(delta);
            out.accept(delta);
          }
          case GenerationEvent.ReasoningDelta(String delta) -> {
            line.ifPresent(PromptProgressLine::clear);
            thoughts.ifPresent(shown -> shown.accept(delta));
            thinking = true;
          }
          case GenerationEvent.ToolCallBegin call -> {
            line.ifPresent(PromptProgressLine::clear);
            endThought(thinking);
            thinking = false;
            out.accept((text.isEmpty() ? "" : "\n") + CallLine.open(call.name()));
          }
          case GenerationEvent.ToolCallArguments(int _, String json) -> out.accept(json);
          case GenerationEvent.ToolCallEnd _ -> out.accept(CallLine.close());
          case GenerationEvent.Finished finished -> {
            line.ifPresent(PromptProgressLine::clear);
            return new Answer(text.toString(), finished);
          }
        }
      }
    }
  }

  private void endThought(boolean thinking) {
    if (thinking) {
      thoughts.ifPresent(shown -> shown.accept("\n\n"));
    }
  }
}
