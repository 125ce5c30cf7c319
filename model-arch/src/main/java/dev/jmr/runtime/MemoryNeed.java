package dev.jmr.runtime;

/// What a loaded model takes, in bytes.
///
/// @param weightBytes of weights, which may be pages of a mapped file
/// @param kvBytes that the key-value cache may grow to
/// @param workspaceBytes of everything else
public record MemoryNeed(long weightBytes, long kvBytes, long workspaceBytes) {
  public long totalBytes() {
    return weightBytes + kvBytes + workspaceBytes;
  }
}
