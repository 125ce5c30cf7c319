package dev.jmr.gguf;

import dev.jmr.tensor.Shape;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// The checked tensor table of a header.
///
/// @param dataStart where in the file the offsets of the entries count from
record TensorTable(long dataStart, List<Entry> entries) {
  /// @param offset of the data, from the start of all data
  /// @param offsetAt where in the file that offset stands
  record Entry(
      String name, TensorType type, Shape shape, long offset, long byteSize, long offsetAt) {}

  /// The tensors, over the data in `file`.
  List<Tensor> slice(MemorySegment file) {
    return entries.stream()
        .map(entry ->
            new Tensor(
                entry.name,
                entry.type,
                entry.shape,
                file.asSlice(dataStart + entry.offset, entry.byteSize)))
        .toList();
  }
}
