package dev.jmr.kernels.cpu.stage;

import java.lang.foreign.MemorySegment;

/// Weights as kernels are to see them: as segments of one class.
///
/// Segments of a mapped file and those of allocated memory have two classes. A loop that C2 has compiled for the one is thrown
/// away when the other comes, and compiled again with the checks of every access inside it.
final class WeightMemory {
  private WeightMemory() {}

  /// The same bytes with the same bounds and the same lifetime, of the class that allocated memory has; `data` itself where
  /// that is not possible: in the heap, or where native access is not enabled for this module.
  @SuppressWarnings("restricted") // neither bounds nor scope change
  static MemorySegment of(MemorySegment data) {
    return data.isNative() && WeightMemory.class.getModule().isNativeAccessEnabled()
        ? data.reinterpret(data.byteSize())
        : data;
  }
}
