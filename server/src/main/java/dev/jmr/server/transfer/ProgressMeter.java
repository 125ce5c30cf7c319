package dev.jmr.server.transfer;

import dev.jmr.server.artifact.Descriptor;
import java.util.function.Consumer;

/// Turns bytes that moved into events. The listener gets one event at a time, from any of the
/// threads that move layers.
final class ProgressMeter {
  private final ProgressEvent.Mode mode;
  private final long total;
  private final Consumer<ProgressEvent> listener;

  ProgressMeter(ProgressEvent.Mode mode, long total, Consumer<ProgressEvent> listener) {
    this.mode = mode;
    this.total = total;
    this.listener = listener;
  }

  /// Measures one layer.
  ProgressThrottle layer(Descriptor layer) {
    return new ProgressThrottle(layer.size(), current -> emit(layer, current));
  }

  private synchronized void emit(Descriptor layer, long current) {
    listener.accept(
        ProgressEvent.progress(
            mode, total, new ProgressEvent.Layer(layer.digest(), layer.size(), current)));
  }
}
