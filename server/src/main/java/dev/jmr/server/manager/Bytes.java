package dev.jmr.server.manager;

import java.util.Locale;

/// Amounts of memory for people.
final class Bytes {
  private Bytes() {}

  /// Like `1.5 GiB` or `12 MiB`.
  static String text(long bytes) {
    return bytes >= 1L << 30
        ? String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30))
        : String.format(Locale.ROOT, "%d MiB", Math.ceilDiv(bytes, 1L << 20));
  }
}
