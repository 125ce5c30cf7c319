package dev.jmr.server.llamaserver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.stream.Collectors;

/// Reads what a process writes, so that it never waits for a reader, and remembers the end of it. Thread-safe.
final class OutputTail {
  private static final System.Logger LOG = System.getLogger(OutputTail.class.getName());

  /// As much as Docker Model Runner shows.
  private static final int MAX_CHARS = 4096;

  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private int chars;

  /// Reads until the stream ends, or cannot be read any more.
  void readAll(InputStream output) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      while (line != null) {
        LOG.log(System.Logger.Level.DEBUG, line);
        add(line);
        line = reader.readLine();
      }
    } catch (IOException _) {
      // The process is gone, and its pipe with it.
    }
  }

  private synchronized void add(String line) {
    String kept = line.length() > MAX_CHARS ? line.substring(line.length() - MAX_CHARS) : line;
    lines.add(kept);
    chars += kept.length() + 1;
    while (chars > MAX_CHARS) {
      chars -= lines.remove().length() + 1;
    }
  }

  /// The last lines, oldest first.
  ///
  /// @param most of them
  synchronized String text(int most) {
    return lines.stream()
        .skip(Math.max(0, lines.size() - (long) most))
        .collect(Collectors.joining("\n"));
  }
}
