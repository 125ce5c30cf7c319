package dev.jmr.cli;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/// While this is open, Ctrl-C interrupts the thread that opened it, so that it can tidy up and say
/// what it leaves behind; a second one ends the program at once.
final class CtrlC implements AutoCloseable {
  private static final String SIGNAL = "INT";

  private final AtomicBoolean pressed = new AtomicBoolean();
  private final @Nullable Object before;

  /// Something that reads and writes files.
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException, InterruptedException;
  }

  CtrlC() {
    Thread waiting = Thread.currentThread();
    before =
        Signals.register(
            SIGNAL,
            () -> {
              if (pressed.getAndSet(true)) {
                Runtime.getRuntime().halt(Failures.INTERRUPTED);
              }
              waiting.interrupt();
            });
  }

  /// Does something that Ctrl-C ends. Files that are written then are closed by the interrupt, which
  /// is no failure of theirs.
  ///
  /// @throws InterruptedException if it was ended
  static <T> T ends(Work<T> work) throws IOException, InterruptedException {
    try (CtrlC ctrlC = new CtrlC()) {
      try {
        return work.run();
      } catch (IOException | RuntimeException e) {
        if (ctrlC.pressed.get()) {
          InterruptedException interrupted = new InterruptedException("ended by Ctrl-C");
          interrupted.initCause(e);
          throw interrupted;
        }
        throw e;
      }
    }
  }

  @Override
  public void close() {
    Signals.unregister(SIGNAL, before);
  }
}
