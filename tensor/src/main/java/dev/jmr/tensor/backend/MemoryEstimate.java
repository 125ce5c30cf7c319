package dev.jmr.tensor.backend;

/// What an executable would take, in bytes.
///
/// @param weightBytes weights, shared with the mapped file where the backend reads them in place
/// @param kvBytes all pages of the key-value cache
/// @param workspaceBytes activations and the workers' scratch
/// @param deviceBytes all that lies in the own memory of a device, whether this machine's has it, too, or not
public record MemoryEstimate(
    long weightBytes, long kvBytes, long workspaceBytes, long deviceBytes) {
  /// Of a backend that computes in this machine's memory.
  public MemoryEstimate(long weightBytes, long kvBytes, long workspaceBytes) {
    this(weightBytes, kvBytes, workspaceBytes, 0);
  }

  /// What it takes of this machine's memory.
  public long totalBytes() {
    return weightBytes + kvBytes + workspaceBytes;
  }
}
