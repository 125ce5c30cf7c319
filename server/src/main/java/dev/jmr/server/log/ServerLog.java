package dev.jmr.server.log;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Optional;

/// What happens in the server, a line for each: `[2026-01-02T15:04:05.999Z] INFO model 'x' was loaded`. Thread-safe.
///
/// Lines hold no prompts, answers or keys. What users send, such as a model's name, cannot begin a line of its own.
public final class ServerLog implements AutoCloseable {
  private static final int MAX_LINE = 4096;
  private static final int MAX_FRAMES = 40;

  /// How much a line matters.
  public enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  private final Optional<LogFile> file;
  private final Optional<PrintStream> echo;
  private final Level level;
  private final InstantSource clock;

  /// @param file owned by the log
  /// @param echo where the same lines go
  /// @param level of the lines that matter least and are still written
  public ServerLog(
      Optional<LogFile> file, Optional<PrintStream> echo, Level level, InstantSource clock) {
    this.file = file;
    this.echo = echo;
    this.level = level;
    this.clock = clock;
  }

  /// One that is kept nowhere, and shows no more than what went wrong.
  public static ServerLog none() {
    return new ServerLog(
        Optional.empty(), Optional.of(System.err), Level.ERROR, InstantSource.system());
  }

  /// The log that is kept in a folder, and shown. Where it cannot be kept it is only shown, and says so.
  public static ServerLog open(LogOptions options) {
    Optional<PrintStream> echo = Optional.of(System.err);
    InstantSource clock = InstantSource.system();
    try {
      LogFile file = LogFile.in(options.folder());
      return new ServerLog(Optional.of(file), echo, options.level(), clock);
    } catch (UncheckedIOException e) {
      ServerLog log = new ServerLog(Optional.empty(), echo, options.level(), clock);
      log.warn(e.getMessage() + "; name another folder in MODEL_RUNNER_LOG_DIR");
      return log;
    }
  }

  /// What [LogReader] reads; empty if it is not kept.
  public Optional<LogFile> file() {
    return file;
  }

  public void info(String message) {
    write(Level.INFO, message, "");
  }

  /// The same for what those who look on are told otherwise: it is kept, but not shown.
  public void keep(String message) {
    if (Level.INFO.compareTo(level) >= 0) {
      file.ifPresent(log -> log.append(line(Level.INFO, message)));
    }
  }

  public void warn(String message) {
    write(Level.WARN, message, "");
  }

  /// Something failed that should not have.
  ///
  /// @param cause whose stack is written below
  public void error(String message, Throwable cause) {
    write(Level.ERROR, message, stack(cause));
  }

  private void write(Level of, String message, String more) {
    if (of.compareTo(level) < 0) {
      return;
    }
    String line = line(of, message) + more;
    file.ifPresent(log -> log.append(line));
    echo.ifPresent(stream -> stream.print(line));
  }

  private String line(Level of, String message) {
    return "[%s] %s %s\n".formatted(clock.instant(), of, plain(message));
  }

  /// In one line, and not longer than people read.
  private static String plain(String message) {
    String cut = message.length() > MAX_LINE ? message.substring(0, MAX_LINE) + "…" : message;
    return cut.replaceAll("\\p{Cntrl}", " ");
  }

  private static String stack(Throwable cause) {
    StringBuilder text = new StringBuilder();
    Throwable at = cause;
    for (int depth = 0; at != null && depth < 5; depth++) {
      text.append("  ").append(plain(at.toString())).append('\n');
      StackTraceElement[] frames = at.getStackTrace();
      for (int i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
        text.append("    at ").append(frames[i]).append('\n');
      }
      at = at.getCause();
    }
    return text.toString();
  }

  @Override
  public void close() {
    file.ifPresent(LogFile::close);
  }
}
