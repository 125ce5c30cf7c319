package dev.jmr.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/// While this is open, Ctrl-C interrupts the thread that opened it, so that it can say what it leaves behind; a second one ends
/// the program at once.
final class CtrlC implements AutoCloseable {
  private static final String SIGNAL = "INT";

  private final @Nullable Object before;

  CtrlC() {
    Thread waiting = Thread.currentThread();
    AtomicBoolean pressed = new AtomicBoolean();
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

  @Override
  public void close() {
    Signals.unregister(SIGNAL, before);
  }
}
