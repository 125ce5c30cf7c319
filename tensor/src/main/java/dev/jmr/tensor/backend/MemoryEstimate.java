package dev.jmr.tensor.backend;

/// What an executable would take, in bytes.
///
/// @param weightBytes weights, shared with the mapped file where the backend reads them in place
/// @param kvBytes all pages of the key-value cache
/// @param workspaceBytes activations and the workers' scratch
public record MemoryEstimate(long weightBytes, long kvBytes, long workspaceBytes) {
  public long totalBytes() {
    return weightBytes + kvBytes + workspaceBytes;
  }
}
