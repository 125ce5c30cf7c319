package dev.jmr.gguf;

/// A metadata value is not what the caller needs; the message names the file, the key, and both types.
public final class GgufMetadataException extends GgufException {
  private static final long serialVersionUID = 1L;

  private final String key;

  public GgufMetadataException(String origin, String key, String message) {
    super("%s: key %s: %s".formatted(origin, key, message));
    this.key = key;
  }

  /// The key whose value was asked for.
  public String key() {
    return key;
  }
}
