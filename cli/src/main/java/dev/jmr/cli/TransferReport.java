package dev.jmr.cli;

import dev.jmr.server.artifact.Digest;
import dev.jmr.server.transfer.ProgressEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Turns the events of a transfer into a bar, its warnings into notes, and keeps what it said in the end.
final class TransferReport implements Consumer<ProgressEvent>, AutoCloseable {
  private final Streams streams;
  private final String task;
  private final Map<Digest, Long> layers = new HashMap<>();
  private @Nullable TransferBar bar;
  private Optional<String> result = Optional.empty();

  /// @param task what is done, such as `pulling gemma3`
  TransferReport(Streams streams, String task) {
    this.streams = streams;
    this.task = task;
  }

  @Override
  public synchronized void accept(ProgressEvent event) {
    switch (event.type()) {
      case PROGRESS ->
          event
              .layer()
              .ifPresentOrElse(
                  layer -> show(layer, event.total()), () -> streams.note(event.message()));
      case SUCCESS -> result = Optional.of(event.message());
      case WARNING, ERROR -> {
        close();
        streams.note(event.message());
      }
    }
  }

  private void show(ProgressEvent.Layer layer, long total) {
    layers.put(layer.id(), layer.current());
    TransferBar shown = bar;
    if (shown == null) {
      shown = new TransferBar(streams, task);
      bar = shown;
    }
    shown.update(layers.values().stream().mapToLong(Long::longValue).sum(), total);
  }

  /// How the transfer ended, if it did.
  synchronized Optional<String> result() {
    return result;
  }

  @Override
  public synchronized void close() {
    TransferBar shown = bar;
    if (shown != null) {
      shown.close();
      bar = null;
    }
  }
}
