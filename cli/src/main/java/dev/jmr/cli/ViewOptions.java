package dev.jmr.cli;

import picocli.CommandLine.Option;

/// The options that say how answers are shown.
final class ViewOptions {
  /// Whether to do something.
  enum When {
    AUTO,
    YES,
    NO
  }

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      description =
          "Render Markdown: auto (on a terminal, unless NO_COLOR is set), yes, no (default: no).")
  private When color = When.NO;

  @Option(names = "--hide-thinking", description = "Do not show what the model thinks.")
  private boolean hideThinking;

  /// @param terminal whether the answer goes to one
  ChatView view(boolean terminal) {
    boolean markdown =
        switch (color) {
          case AUTO -> terminal && !Style.plain();
          case YES -> true;
          case NO -> false;
        };
    return new ChatView(markdown, terminal && !hideThinking);
  }
}
