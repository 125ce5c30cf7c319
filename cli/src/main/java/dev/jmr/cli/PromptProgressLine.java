package dev.jmr.cli;

import dev.jmr.runtime.GenerationEvent.PromptProgress;
import java.util.function.Consumer;

/// The line on the error output that shows how much of a long prompt was read; gone when the answer begins.
final class PromptProgressLine {
  private static final long PATIENCE_NANOS = 1_000_000_000;

  private final Consumer<String> terminal;
  private final long start;
  private boolean shown;

  /// @param terminal takes text for the terminal, at once
  /// @param now a reading of [System#nanoTime] when the prompt was given
  PromptProgressLine(Consumer<String> terminal, long now) {
    this.terminal = terminal;
    this.start = now;
  }

  /// Shows the progress, once the prompt has taken more than a second.
  void show(PromptProgress progress, long now) {
    if (now - start > PATIENCE_NANOS && progress.processedTokens() < progress.promptTokens()) {
      shown = true;
      terminal.accept(
          Style.CLEAR_LINE
              + Style.grey(
                  "reading the prompt: %d of %d tokens (%d%%)"
                      .formatted(
                          progress.processedTokens(),
                          progress.promptTokens(),
                          100L * progress.processedTokens() / progress.promptTokens())));
    }
  }

  /// Takes the line away, if there is one.
  void clear() {
    if (shown) {
      shown = false;
      terminal.accept(Style.CLEAR_LINE);
    }
  }
}
