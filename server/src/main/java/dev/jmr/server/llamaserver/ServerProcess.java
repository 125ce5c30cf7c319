package dev.jmr.server.llamaserver;

import dev.jmr.runtime.EngineException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A child process that ends with this JVM at the latest. Thread-safe.
///
/// One thread reads its output until it ends. Closing it asks it to end, kills it if it does not do so soon, and returns when
/// it is gone; it is killed when the JVM shuts down. For a JVM that is killed itself, [ProcessFiles] remembers it.
final class ServerProcess implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(3);

  /// From when its connections break until the system tells that it is gone.
  private static final Duration DYING = Duration.ofSeconds(2);

  private static final int SIGNALLED = 128;

  private final Process process;
  private final OutputTail output = new OutputTail();
  private final Thread reader;
  private final ProcessFiles started;
  private final Thread killer;

  private ServerProcess(Process process, ProcessFiles started) {
    this.process = process;
    this.started = started;
    this.reader =
        Thread.ofPlatform()
            .daemon()
            .name("llama-server-output " + process.pid())
            .start(() -> output.readAll(process.getInputStream()));
    this.killer = Thread.ofPlatform().name("llama-server-end").unstarted(this::kill);
  }

  /// Starts a program.
  ///
  /// @param variables of its environment, besides ours
  /// @param remembered where
  /// @throws EngineException if that fails
  static ServerProcess start(
      List<String> command, Map<String, String> variables, ProcessFiles remembered) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(variables);
    Process started;
    try {
      started = builder.start();
    } catch (IOException e) {
      throw new EngineException(
          "llama-server: expected '%s' to start, got %s"
              .formatted(command.getFirst(), e.getMessage()),
          e);
    }
    remembered.add(started.toHandle());
    ServerProcess child = new ServerProcess(started, remembered);
    try {
      Runtime.getRuntime().addShutdownHook(child.killer);
      started.getOutputStream().close();
    } catch (IllegalStateException e) {
      child.close();
      throw new EngineException("llama-server: expected a JVM that goes on, got one that ends", e);
    } catch (IOException _) {
      // It reads nothing anyway.
    }
    return child;
  }

  private void kill() {
    process.destroyForcibly();
    started.remove(process.pid());
  }

  long id() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  /// Whether it has ended, or does so within a moment: connections of a dying process break first.
  boolean endsNow() {
    try {
      return process.waitFor(DYING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }

  /// How it ended, and what it wrote last; for one that has ended.
  ///
  /// @param lines of what it wrote at most
  String end(int lines) {
    try {
      reader.join(DYING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    int code = process.exitValue();
    String how =
        code > SIGNALLED ? "it was killed by signal " + (code - SIGNALLED) : "exit code " + code;
    String words = output.text(lines);
    return words.isEmpty() ? how + " without a word" : how + ", and its last words:\n" + words;
  }

  /// What it wrote last.
  String lastWords() {
    return output.text(Integer.MAX_VALUE);
  }

  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    process.destroy();
    try {
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        process.waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      interrupted = true;
    }
    started.remove(process.pid());
    try {
      Runtime.getRuntime().removeShutdownHook(killer);
    } catch (IllegalStateException _) {
      // The JVM shuts down already.
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
