package dev.jmr.server.store;

import java.io.IOException;
import java.nio.file.FileSystemException;

/// A store cannot do what was asked; the message says why and what helps.
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /// What the operating system refused.
  static StoreException of(String what, IOException cause) {
    return new StoreException(what + ": " + reason(cause), cause);
  }

  private static String reason(IOException cause) {
    if (cause instanceof FileSystemException refused && refused.getReason() == null) {
      return cause.getClass().getSimpleName() + " " + refused.getFile();
    }
    return String.valueOf(cause.getMessage());
  }
}
