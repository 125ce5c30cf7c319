package dev.jmr.server.transfer;

import dev.jmr.server.artifact.Descriptor;
import java.time.Duration;
import java.util.function.Consumer;

/// Turns bytes that moved into events, not too many: after 100 ms or 1 MiB of a layer, and at its end. The listener gets one
/// event at a time, from any of the threads that move layers.
final class ProgressMeter {
  private static final long STEP_NANOS = Duration.ofMillis(100).toNanos();
  private static final long STEP_BYTES = 1 << 20;

  private final ProgressEvent.Mode mode;
  private final long total;
  private final Consumer<ProgressEvent> listener;

  ProgressMeter(ProgressEvent.Mode mode, long total, Consumer<ProgressEvent> listener) {
    this.mode = mode;
    this.total = total;
    this.listener = listener;
  }

  /// Measures one layer.
  LayerMeter layer(Descriptor layer) {
    return new LayerMeter(layer);
  }

  private synchronized void emit(ProgressEvent event) {
    listener.accept(event);
  }

  /// One layer's part, for one thread at a time.
  final class LayerMeter {
    private final Descriptor layer;
    private long lastNanos = System.nanoTime();
    private long lastBytes;

    private LayerMeter(Descriptor layer) {
      this.layer = layer;
    }

    /// So many bytes of the layer are there.
    synchronized void at(long current) {
      long now = System.nanoTime();
      if (now - lastNanos >= STEP_NANOS || Math.abs(current - lastBytes) >= STEP_BYTES) {
        lastNanos = now;
        lastBytes = current;
        event(current);
      }
    }

    /// All of it is there.
    synchronized void done() {
      event(layer.size());
    }

    private void event(long current) {
      emit(
          ProgressEvent.progress(
              mode, total, new ProgressEvent.Layer(layer.digest(), layer.size(), current)));
    }
  }
}
