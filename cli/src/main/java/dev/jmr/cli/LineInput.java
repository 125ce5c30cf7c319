package dev.jmr.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;

/// Reads messages from a terminal, with line editing and history.
final class LineInput {
  private static final String QUOTES = "\"\"\"";
  private static final String PROMPT = ">>> ";
  private static final String CONTINUATION = "... ";

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
            .completer(new StringsCompleter("/bye", "/clear", "/set", "/?"))
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .variable(LineReader.HISTORY_SIZE, 1000)
            .variable(LineReader.HISTORY_FILE_SIZE, 1000);
    history.ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
    return builder.build();
  }

  /// One line, or all that stands between two `"""`.
  ///
  /// @throws org.jline.reader.UserInterruptException at Ctrl-C
  /// @throws org.jline.reader.EndOfFileException at Ctrl-D
  static Entry read(LineReader reader) {
    String line = reader.readLine(PROMPT);
    return line.stripLeading().startsWith(QUOTES)
        ? new Entry(readUntilQuotes(reader, line.stripLeading()), false)
        : new Entry(line.strip(), line.startsWith("/"));
  }

  private static String readUntilQuotes(LineReader reader, String firstLine) {
    StringBuilder message = new StringBuilder();
    String rest = firstLine.substring(QUOTES.length());
    while (!rest.stripTrailing().endsWith(QUOTES)) {
      message.append(rest).append('\n');
      rest = reader.readLine(CONTINUATION);
    }
    String last = rest.stripTrailing();
    message.append(last, 0, last.length() - QUOTES.length());
    return message.toString().strip();
  }
}
