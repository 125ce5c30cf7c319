package dev.jmr.model.json;

/// Text that is not JSON, or exceeds a limit; tells where.
public final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int offset;

  JsonException(int offset, String message) {
    super("json at offset %d: %s".formatted(offset, message));
    this.offset = offset;
  }

  /// The index of the character, counted in Java's `char`, at which the text went wrong.
  public int offset() {
    return offset;
  }
}
