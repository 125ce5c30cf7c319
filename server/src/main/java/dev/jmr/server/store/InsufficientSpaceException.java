package dev.jmr.server.store;

import java.util.Locale;

/// The disk of the store has not the room that a model needs.
public final class InsufficientSpaceException extends StoreException {
  private static final long serialVersionUID = 1L;
  private static final double MEBIBYTE = 1 << 20;
  private static final double GIBIBYTE = 1 << 30;

  InsufficientSpaceException(Object store, long needed, long free) {
    super(
        "disk of %s: expected %s free, got %s; free some with jmr prune or jmr rm, or set MODELS_PATH"
            .formatted(store, text(needed), text(free)));
  }

  private static String text(long bytes) {
    return bytes < GIBIBYTE
        ? String.format(Locale.ROOT, "%.2fMiB", bytes / MEBIBYTE)
        : String.format(Locale.ROOT, "%.2fGiB", bytes / GIBIBYTE);
  }
}
