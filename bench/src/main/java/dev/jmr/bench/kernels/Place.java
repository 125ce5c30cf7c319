package dev.jmr.bench.kernels;

/// Where the weights (or keys and values) that a kernel reads lie.
public enum Place {
  /// A few rows that stay in the second-level cache of any machine, read over and over.
  CACHE("cache", 256 << 10),

  /// So many bytes that each has left the caches before it is read again.
  MEMORY("memory", 256 << 20);

  private final String label;
  private final int bytes;

  Place(String label, int bytes) {
    this.label = label;
    this.bytes = bytes;
  }

  /// What options and tables call it.
  public String label() {
    return label;
  }

  /// How many bytes are read in turn.
  int bytes() {
    return bytes;
  }
}
