package dev.jmr.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/// The axes of a tensor in elements, outermost first: a weight that maps `I` features to `O` is `[O, I]`.
///
/// GGUF and ggml list the same axes innermost first (`ne`). A shape has one to four axes, all positive, and their
/// product fits a `long`. Immutable.
public final class Shape {
  public static final int MAX_AXES = 4;

  private final long[] axes;
  private final long elementCount;

  private Shape(long[] axes) {
    if (axes.length == 0 || axes.length > MAX_AXES) {
      throw new ShapeMismatchException(
          "shape: expected 1 to " + MAX_AXES + " axes, got " + axes.length);
    }
    long product = 1;
    for (long axis : axes) {
      if (axis <= 0) {
        throw new ShapeMismatchException(
            "shape: expected positive axes, got " + Arrays.toString(axes));
      }
      if (Math.multiplyHigh(product, axis) != 0 || product * axis < 0) {
        throw new ShapeMismatchException(
            "shape: element count of " + Arrays.toString(axes) + " does not fit 63 bits");
      }
      product *= axis;
    }
    this.axes = axes;
    this.elementCount = product;
  }

  /// The shape with these axes, outermost first.
  ///
  /// @throws ShapeMismatchException if there are none or too many, one is not positive, or the product overflows
  public static Shape of(long... axes) {
    return new Shape(axes.clone());
  }

  /// How many axes there are.
  public int rank() {
    return axes.length;
  }

  /// The length of axis `index`, counted from the outermost.
  public long axis(int index) {
    return axes[index];
  }

  /// The innermost axis: the length of a row in elements.
  public long columns() {
    return axes[axes.length - 1];
  }

  /// The product of all axes but the innermost.
  public long rows() {
    return elementCount / columns();
  }

  public long elementCount() {
    return elementCount;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(axes, shape.axes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(axes);
  }

  @Override
  public String toString() {
    return Arrays.stream(axes).mapToObj(Long::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
