package dev.jmr.tensor;

import java.lang.foreign.MemorySegment;

/// A named array of numbers: usually a weight that lives in a mapped model file.
///
/// @param name the name in the model file, used in every message about this tensor
/// @param shape axes, outermost first; the innermost is a multiple of the type's block size
/// @param data the encoded elements, rows one after the other, little-endian, exactly [#byteSize] long; owned by
///     whoever opened the file, and valid as long as that owner keeps it open
public record Tensor(String name, TensorType type, Shape shape, MemorySegment data) {
  public Tensor {
    if (shape.columns() % type.blockSize() != 0) {
      throw new ShapeMismatchException(
          "tensor %s: expected rows in multiples of %d elements for %s, got %s"
              .formatted(name, type.blockSize(), type, shape));
    }
    long expected = type.byteSize(shape);
    if (data.byteSize() != expected) {
      throw new ShapeMismatchException(
          "tensor %s: expected %d bytes for %s%s, got %d"
              .formatted(name, expected, type, shape, data.byteSize()));
    }
  }

  /// The length of one row in bytes.
  public long rowBytes() {
    return shape.columns() / type.blockSize() * type.blockBytes();
  }

  public long byteSize() {
    return data.byteSize();
  }

  /// The tensor as `name TYPE[shape]`, for messages and listings.
  @Override
  public String toString() {
    return name + " " + type + shape;
  }
}
