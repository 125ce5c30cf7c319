package dev.jmr.server.transfer;

import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.registry.RegistryException;
import java.util.Collection;
import java.util.Locale;

/// Sums of sizes, and sizes as text.
final class Sizes {
  private static final double MEBIBYTE = 1 << 20;
  private static final double GIBIBYTE = 1 << 30;

  private Sizes() {}

  /// The bytes of all of these.
  ///
  /// @throws RegistryException if they are more than any disk has
  static long total(Collection<Descriptor> blobs) {
    long total = 0;
    for (Descriptor blob : blobs) {
      try {
        total = Math.addExact(total, blob.size());
      } catch (ArithmeticException e) {
        throw new RegistryException(
            RegistryException.Kind.INVALID,
            "layer %s: expected a size that fits a disk, got %d"
                .formatted(blob.digest(), blob.size()),
            e);
      }
    }
    return total;
  }

  /// `256.35MiB`, `4.07GiB`.
  static String text(long bytes) {
    return bytes < GIBIBYTE
        ? String.format(Locale.ROOT, "%.2fMiB", bytes / MEBIBYTE)
        : String.format(Locale.ROOT, "%.2fGiB", bytes / GIBIBYTE);
  }
}
