package dev.jmr.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;

/// Reads messages from a terminal, with line editing and history.
final class LineInput {
  static final String PROMPT = "> ";

  private static final String QUOTES = "\"\"\"";
  private static final String CONTINUATION = ". ";
  private static final String BACKSLASH = "\\";

  /// As many entries as Docker Model Runner keeps.
  private static final int HISTORY = 100;

  /// What was entered.
  ///
  /// @param command whether it is for us and not for the model
  record Entry(String text, boolean command) {}

  private LineInput() {}

  /// @param history where lines are kept from one chat to the next; empty = nowhere
  static LineReader reader(Terminal terminal, Optional<Path> history) {
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .appName("jmr")
            .terminal(terminal)
            .parser(new DefaultParser().escapeChars(new char[0]).quoteChars(new char[0]))
            .completer(new ChatCompleter())
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, CONTINUATION)
            .variable(LineReader.HISTORY_SIZE, HISTORY)
            .variable(LineReader.HISTORY_FILE_SIZE, HISTORY);
    history.ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
    return builder.build();
  }

  /// One line and those that follow while each ends with a backslash, or all that stands between two `"""`.
  ///
  /// @param editor is opened by Ctrl-X
  /// @throws org.jline.reader.UserInterruptException at Ctrl-C
  /// @throws org.jline.reader.EndOfFileException at Ctrl-D
  static Entry read(LineReader reader, ExternalEditor editor) {
    String line = editor.read(reader, PROMPT);
    if (line.stripLeading().startsWith(QUOTES)) {
      return new Entry(readUntilQuotes(reader, line.stripLeading(), editor), false);
    }
    boolean command = line.startsWith("/") && !line.contains("\n");
    StringBuilder message = new StringBuilder();
    while (!command && line.endsWith(BACKSLASH)) {
      message.append(line, 0, line.length() - 1).append('\n');
      line = editor.read(reader, CONTINUATION);
    }
    return new Entry(message.append(line).toString().strip(), command);
  }

  private static String readUntilQuotes(
      LineReader reader, String firstLine, ExternalEditor editor) {
    StringBuilder message = new StringBuilder();
    String rest = firstLine.substring(QUOTES.length());
    while (!rest.stripTrailing().endsWith(QUOTES)) {
      message.append(rest).append('\n');
      rest = editor.read(reader, CONTINUATION);
    }
    String last = rest.stripTrailing();
    message.append(last, 0, last.length() - QUOTES.length());
    return message.toString().strip();
  }
}
