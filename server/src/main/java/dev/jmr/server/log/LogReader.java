package dev.jmr.server.log;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The lines of the server's log and of the logs of foreign engines beside it, in the order of their times. Lines without a
/// time follow the one before them at once. For one thread.
public final class LogReader implements AutoCloseable {
  /// Of the engine that Docker Model Runner starts.
  private static final String ENGINE = "inference-llama.cpp-server.log";

  /// The server's own comes first, also where times are the same.
  private final List<LogTail> tails = new ArrayList<>();

  /// @param engines whether those of engines are wanted
  /// @throws IOException if one cannot be read
  public LogReader(LogFile log, boolean engines) throws IOException {
    tails.add(new LogTail(log.path()));
    if (engines) {
      tails.add(new LogTail(log.path().resolveSibling(ENGINE)));
    }
  }

  /// Whether a server's log is there.
  public static boolean exists(LogFile log) {
    return Files.exists(log.path());
  }

  /// The next line, if there is one by now.
  public Optional<String> next() throws IOException {
    Optional<LogTail> first = Optional.empty();
    Instant earliest = Instant.MAX;
    for (LogTail tail : tails) {
      Optional<String> line = tail.peek();
      if (line.isPresent()) {
        Instant time = time(line.get());
        if (first.isEmpty() || time.isBefore(earliest)) {
          first = Optional.of(tail);
          earliest = time;
        }
      }
    }
    return first.map(LogTail::take);
  }

  /// Of a line that has none: the beginning of time, as it is to go out at once.
  private static Instant time(String line) {
    int end = line.indexOf(']');
    if (!line.startsWith("[") || end < 0) {
      return Instant.MIN;
    }
    try {
      return Instant.parse(line.substring(1, end));
    } catch (DateTimeParseException _) {
      return Instant.MIN;
    }
  }

  @Override
  public void close() throws IOException {
    for (LogTail tail : tails) {
      tail.close();
    }
  }
}
