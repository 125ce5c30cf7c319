package dev.jmr.server.huggingface;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jmr.server.artifact.Digest;
import dev.jmr.server.transfer.ProgressEvent;
import java.util.Optional;
import java.util.function.Consumer;

/// Tells a listener how a pull gets on, one event at a time, in the words of Docker Model Runner.
/// Any thread may use it.
final class HubProgress {
  private final Consumer<ProgressEvent> listener;

  HubProgress(Consumer<ProgressEvent> listener) {
    this.listener = listener;
  }

  /// A line for people.
  void note(String message) {
    emit(ProgressEvent.Type.PROGRESS, message, 0, Optional.empty());
  }

  void warning(String message) {
    emit(ProgressEvent.Type.WARNING, message, 0, Optional.empty());
  }

  void success() {
    emit(ProgressEvent.Type.SUCCESS, "Model pulled successfully", 0, Optional.empty());
  }

  /// So much of a file is there. A file's id is the digest of its path, as long as its own is
  /// nobody's concern.
  ///
  /// @param total bytes of all files
  void moved(HubFile file, long current, long total) {
    Digest id = Digest.of(file.path().getBytes(UTF_8));
    emit(
        ProgressEvent.Type.PROGRESS,
        "",
        total,
        Optional.of(new ProgressEvent.Layer(id, file.size(), current)));
  }

  private synchronized void emit(
      ProgressEvent.Type type, String message, long total, Optional<ProgressEvent.Layer> layer) {
    listener.accept(new ProgressEvent(type, message, total, layer, ProgressEvent.Mode.PULL));
  }
}
