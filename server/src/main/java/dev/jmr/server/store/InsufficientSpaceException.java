package dev.jmr.server.store;

import java.util.Locale;

/// The disk of the store has not the room that a model needs.
public final class InsufficientSpaceException extends StoreException {
  private static final long serialVersionUID = 1L;
  private static final double GIB = 1L << 30;

  InsufficientSpaceException(Object store, long needed, long free) {
    super(
        String.format(
            Locale.ROOT,
            "store %s: expected %.2f GiB of free space, got %.2f; free some with jmr prune or jmr rm",
            store,
            needed / GIB,
            free / GIB));
  }
}
