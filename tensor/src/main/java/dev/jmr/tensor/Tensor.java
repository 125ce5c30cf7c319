package dev.jmr.tensor;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

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

  /// A part along the outermost axis, on the same memory: of a weight `[O, I]` that holds several, the rows of one.
  ///
  /// @throws ShapeMismatchException if there are no such rows
  public Tensor slice(long from, long count) {
    long all = shape.axis(0);
    if (from < 0 || count <= 0 || from > all - count) {
      throw new ShapeMismatchException(
          "tensor %s: expected a part of its %d rows, got %d from %d on"
              .formatted(name, all, count, from));
    }
    long[] axes = new long[shape.rank()];
    Arrays.setAll(axes, axis -> axis == 0 ? count : shape.axis(axis));
    Shape part = Shape.of(axes);
    long each = byteSize() / all;
    return new Tensor(
        "%s[%d:%d]".formatted(name, from, from + count),
        type,
        part,
        data.asSlice(from * each, count * each));
  }

  /// The same elements along other axes.
  ///
  /// @throws ShapeMismatchException if there are more or fewer elements
  public Tensor reshape(Shape other) {
    return new Tensor(name, type, other, data);
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
