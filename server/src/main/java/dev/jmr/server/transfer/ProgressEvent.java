package dev.jmr.server.transfer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.server.artifact.Digest;
import java.util.Locale;
import java.util.Optional;

/// One line of a progress stream, as Docker Model Runner's clients read it.
///
/// @param total bytes of all layers, 0 where it does not matter
/// @param layer what the event is about; empty for the whole
public record ProgressEvent(
    Type type, String message, long total, Optional<Layer> layer, Mode mode) {
  private static final double MEBIBYTE = 1 << 20;

  /// What an event says.
  public enum Type {
    PROGRESS,
    SUCCESS,
    WARNING,
    ERROR
  }

  /// Which way bytes go.
  public enum Mode {
    PULL("Downloaded"),
    PUSH("Uploaded");

    private final String verb;

    Mode(String verb) {
      this.verb = verb;
    }
  }

  /// How far a layer is.
  ///
  /// @param size in bytes
  /// @param current bytes of it that are there; falls when it begins anew
  public record Layer(Digest id, long size, long current) {}

  static ProgressEvent progress(Mode mode, long total, Layer layer) {
    String message =
        String.format(Locale.ROOT, "%s: %.2f MB", mode.verb, layer.current() / MEBIBYTE);
    return new ProgressEvent(Type.PROGRESS, message, total, Optional.of(layer), mode);
  }

  /// The event that ends a stream when everything is there.
  public static ProgressEvent success(Mode mode, String message) {
    return new ProgressEvent(Type.SUCCESS, message, 0, Optional.empty(), mode);
  }

  static ProgressEvent warning(Mode mode, String message) {
    return new ProgressEvent(Type.WARNING, message, 0, Optional.empty(), mode);
  }

  /// The event that ends a stream after a failure.
  public static ProgressEvent error(Mode mode, String message) {
    return new ProgressEvent(Type.ERROR, "Error: " + message, 0, Optional.empty(), mode);
  }

  /// The event as one line of JSON, without the line's end.
  public String json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("type", type.name().toLowerCase(Locale.ROOT));
    root.put("message", message);
    root.put("total", total);
    ObjectNode node = root.putObject("layer");
    layer.ifPresent(l -> node.put("id", l.id().toString()));
    node.put("size", layer.map(Layer::size).orElse(0L));
    node.put("current", layer.map(Layer::current).orElse(0L));
    root.put("mode", mode.name().toLowerCase(Locale.ROOT));
    return root.toString();
  }
}
