package dev.jmr.cli;

import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationEvent;
import java.util.Optional;
import java.util.function.Consumer;

/// Writes an answer as it comes.
///
/// @param out takes the text and calls of tools (see [CallLine]), piece by piece, and shows them at once
/// @param thoughts takes what the model thinks before it answers, between `Thinking:` and `--`; empty = nobody wants to
///     see it
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
        GenerationEvent event = generation.next();
        if (!(event instanceof GenerationEvent.PromptProgress)) {
          line.ifPresent(PromptProgressLine::clear);
        }
        thinking = turn(thinking, event);
        switch (event) {
          case GenerationEvent.PromptProgress read ->
              line.ifPresent(shown -> shown.show(read, System.nanoTime()));
          case GenerationEvent.TextDelta(String delta, _) -> {
            text.append(delta);
            out.accept(delta);
          }
          case GenerationEvent.ReasoningDelta(String delta) ->
              thoughts.ifPresent(shown -> shown.accept(delta));
          case GenerationEvent.ToolCallBegin call ->
              out.accept((text.isEmpty() ? "" : "\n") + CallLine.open(call.name()));
          case GenerationEvent.ToolCallArguments(int _, String json) -> out.accept(json);
          case GenerationEvent.ToolCallEnd _ -> out.accept(CallLine.close());
          case GenerationEvent.Finished finished -> {
            return new Answer(text.toString(), finished);
          }
        }
      }
    }
  }

  /// Marks where thoughts begin and end, and returns whether these are some.
  private boolean turn(boolean thinking, GenerationEvent event) {
    boolean thought =
        event instanceof GenerationEvent.ReasoningDelta
            || (thinking && event instanceof GenerationEvent.PromptProgress);
    if (thought && !thinking) {
      thoughts.ifPresent(shown -> shown.accept("Thinking:\n"));
    } else if (thinking && !thought) {
      thoughts.ifPresent(shown -> shown.accept("\n--\n\n"));
    }
    return thought;
  }
}
