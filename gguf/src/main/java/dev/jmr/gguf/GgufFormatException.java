package dev.jmr.gguf;

import java.nio.file.Path;

/// A file is not the GGUF file that it claims to be; the message starts with the file and the byte offset.
public final class GgufFormatException extends GgufException {
  private static final long serialVersionUID = 1L;

  private final transient Path path;
  private final long byteOffset;

  public GgufFormatException(Path path, long byteOffset, String message) {
    super(located(path, byteOffset, message));
    this.path = path;
    this.byteOffset = byteOffset;
  }

  public GgufFormatException(Path path, long byteOffset, String message, Throwable cause) {
    super(located(path, byteOffset, message), cause);
    this.path = path;
    this.byteOffset = byteOffset;
  }

  private static String located(Path path, long byteOffset, String message) {
    return "%s, byte %d: %s".formatted(path, byteOffset, message);
  }

  /// The file that was read.
  public Path path() {
    return path;
  }

  /// Where in the file the offending field starts.
  public long byteOffset() {
    return byteOffset;
  }
}
