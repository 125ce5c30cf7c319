package dev.jmr.runtime.local;

import dev.jmr.model.chat.output.OutputEvent;
import dev.jmr.model.chat.output.OutputParser;
import dev.jmr.runtime.ChosenToken;
import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/// An answer to a conversation: what the model writes, told apart into text, thoughts and calls of tools. Parsing is done by
/// the consumer's thread, not by the engine's.
final class ParsedGeneration implements Generation {
  private final Generation written;
  private final OutputParser parser;
  private final Queue<GenerationEvent> parsed = new ArrayDeque<>();

  /// Those that wait with their log probabilities for the next text.
  private final List<ChosenToken> tokens = new ArrayList<>();

  private final boolean severalCalls;
  private boolean called;

  /// @param severalCalls whether there may be several calls; if not, the answer ends with the first
  ParsedGeneration(Generation written, OutputParser parser, boolean severalCalls) {
    this.written = written;
    this.parser = parser;
    this.severalCalls = severalCalls;
  }

  @Override
  public GenerationEvent next() throws InterruptedException {
    while (parsed.isEmpty()) {
      switch (written.next()) {
        case GenerationEvent.TextDelta delta -> {
          tokens.addAll(delta.tokens());
          add(parser.accept(delta.text()));
        }
        case GenerationEvent.Finished finished -> finish(finished);
        case GenerationEvent other -> parsed.add(other);
      }
    }
    return parsed.remove();
  }

  private void finish(GenerationEvent.Finished finished) {
    add(parser.finish());
    if (!tokens.isEmpty()) {
      parsed.add(text(""));
    }
    parsed.add(
        called
            ? new GenerationEvent.Finished(
                GenerationEvent.Reason.STOP, finished.usage(), finished.timings())
            : finished);
  }

  private void add(List<OutputEvent> events) {
    for (OutputEvent event : events) {
      if (called) {
        return;
      }
      switch (event) {
        case OutputEvent.TextDelta(String text) -> parsed.add(text(text));
        case OutputEvent.ReasoningDelta(String text) ->
            parsed.add(new GenerationEvent.ReasoningDelta(text));
        case OutputEvent.ToolCallBegin(int index, String id, String name) ->
            parsed.add(new GenerationEvent.ToolCallBegin(index, id, name));
        case OutputEvent.ToolCallArguments(int index, String json) ->
            parsed.add(new GenerationEvent.ToolCallArguments(index, json));
        case OutputEvent.ToolCallEnd(int index) -> {
          parsed.add(new GenerationEvent.ToolCallEnd(index));
          if (!severalCalls) {
            called = true;
            written.cancel();
          }
        }
        case OutputEvent.MalformedCall _ -> {
          // What it was follows as text.
        }
      }
    }
  }

  private GenerationEvent text(String text) {
    GenerationEvent delta = new GenerationEvent.TextDelta(text, tokens);
    tokens.clear();
    return delta;
  }

  @Override
  public void cancel() {
    written.cancel();
  }

  @Override
  public void close() {
    written.close();
  }
}
