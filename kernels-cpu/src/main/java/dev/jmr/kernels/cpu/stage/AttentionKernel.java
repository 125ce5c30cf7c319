package dev.jmr.kernels.cpu.stage;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.tensor.backend.KvLayout.PAGE_TOKENS;

import jdk.incubator.vector.FloatVector;

/// Multiplies a few rows by a page of keys or values: `c[R, N] += a[R, 32] · b[32, N]`.
///
/// With keys, `a` is 32 elements of each query and `N` the positions of the page; with values, `a` is the weights of the
/// page's positions and `N` the head's elements. All sums of six or four rows are in registers (16 of them are enough);
/// as in the matmul's micro-kernel the loops are written out and have a constant trip count. Each sum adds its products
/// in the order of the 32, whatever the number of rows, so that a row's result does not depend on its neighbours.
final class AttentionKernel {
  /// Rows of `b`.
  static final int DEPTH = PAGE_TOKENS;

  /// What `N` must be a multiple of: two vectors of 512 bits, or more of narrower ones.
  static final int COLUMNS = 32;

  private static final int MOST_ROWS = 6;
  private static final int FEWEST_ROWS = 4;

  private AttentionKernel() {}

  /// The rows that `rows` take: what calls of six and four rows can make up.
  static int padded(int rows) {
    return Math.max(FEWEST_ROWS, Math.ceilDiv(rows, 2) * 2);
  }

  /// Adds `a · b` to `c`.
  ///
  /// @param rows a result of [#padded]
  /// @param columns `N`
  static void multiply(
      int rows,
      int columns,
      float[] a,
      int at,
      int aStride,
      float[] b,
      int from,
      float[] c,
      int to,
      int cStride) {
    for (int column = 0; column < columns; column += 2 * COUNT) {
      for (int row = 0; row < rows; ) {
        int i = at + row * aStride;
        int k = to + row * cStride + column;
        if ((rows - row) % MOST_ROWS == 0) {
          multiply6(a, i, aStride, b, from + column, columns, c, k, cStride);
          row += MOST_ROWS;
        } else {
          multiply4(a, i, aStride, b, from + column, columns, c, k, cStride);
          row += FEWEST_ROWS;
        }
      }
    }
  }

  private static void multiply6(
      float[] a, int at, int aStride, float[] b, int from, int bStride, float[] c, int to, int d) {
    FloatVector x0 = FloatVector.fromArray(FLOATS, c, to);
    FloatVector y0 = FloatVector.fromArray(FLOATS, c, to + COUNT);
    FloatVector x1 = FloatVector.fromArray(FLOATS, c, to + d);
    FloatVector y1 = FloatVector.fromArray(FLOATS, c, to + d + COUNT);
    FloatVector x2 = FloatVector.fromArray(FLOATS, c, to + 2 * d);
    FloatVector y2 = FloatVector.fromArray(FLOATS, c, to + 2 * d + COUNT);
    FloatVector x3 = FloatVector.fromArray(FLOATS, c, to + 3 * d);
    FloatVector y3 = FloatVector.fromArray(FLOATS, c, to + 3 * d + COUNT);
    FloatVector x4 = FloatVector.fromArray(FLOATS, c, to + 4 * d);
    FloatVector y4 = FloatVector.fromArray(FLOATS, c, to + 4 * d + COUNT);
    FloatVector x5 = FloatVector.fromArray(FLOATS, c, to + 5 * d);
    FloatVector y5 = FloatVector.fromArray(FLOATS, c, to + 5 * d + COUNT);
    for (int k = 0; k < DEPTH; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, from + k * bStride);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, from + k * bStride + COUNT);
      FloatVector w = FloatVector.broadcast(FLOATS, a[at + k]);
      x0 = w.fma(b0, x0);
      y0 = w.fma(b1, y0);
      w = FloatVector.broadcast(FLOATS, a[at + aStride + k]);
      x1 = w.fma(b0, x1);
      y1 = w.fma(b1, y1);
      w = FloatVector.broadcast(FLOATS, a[at + 2 * aStride + k]);
      x2 = w.fma(b0, x2);
      y2 = w.fma(b1, y2);
      w = FloatVector.broadcast(FLOATS, a[at + 3 * aStride + k]);
      x3 = w.fma(b0, x3);
      y3 = w.fma(b1, y3);
      w = FloatVector.broadcast(FLOATS, a[at + 4 * aStride + k]);
      x4 = w.fma(b0, x4);
      y4 = w.fma(b1, y4);
      w = FloatVector.broadcast(FLOATS, a[at + 5 * aStride + k]);
      x5 = w.fma(b0, x5);
      y5 = w.fma(b1, y5);
    }
    x0.intoArray(c, to);
    y0.intoArray(c, to + COUNT);
    x1.intoArray(c, to + d);
    y1.intoArray(c, to + d + COUNT);
    x2.intoArray(c, to + 2 * d);
    y2.intoArray(c, to + 2 * d + COUNT);
    x3.intoArray(c, to + 3 * d);
    y3.intoArray(c, to + 3 * d + COUNT);
    x4.intoArray(c, to + 4 * d);
    y4.intoArray(c, to + 4 * d + COUNT);
    x5.intoArray(c, to + 5 * d);
    y5.intoArray(c, to + 5 * d + COUNT);
  }

  private static void multiply4(
      float[] a, int at, int aStride, float[] b, int from, int bStride, float[] c, int to, int d) {
    FloatVector x0 = FloatVector.fromArray(FLOATS, c, to);
    FloatVector y0 = FloatVector.fromArray(FLOATS, c, to + COUNT);
    FloatVector x1 = FloatVector.fromArray(FLOATS, c, to + d);
    FloatVector y1 = FloatVector.fromArray(FLOATS, c, to + d + COUNT);
    FloatVector x2 = FloatVector.fromArray(FLOATS, c, to + 2 * d);
    FloatVector y2 = FloatVector.fromArray(FLOATS, c, to + 2 * d + COUNT);
    FloatVector x3 = FloatVector.fromArray(FLOATS, c, to + 3 * d);
    FloatVector y3 = FloatVector.fromArray(FLOATS, c, to + 3 * d + COUNT);
    for (int k = 0; k < DEPTH; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, from + k * bStride);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, from + k * bStride + COUNT);
      FloatVector w = FloatVector.broadcast(FLOATS, a[at + k]);
      x0 = w.fma(b0, x0);
      y0 = w.fma(b1, y0);
      w = FloatVector.broadcast(FLOATS, a[at + aStride + k]);
      x1 = w.fma(b0, x1);
      y1 = w.fma(b1, y1);
      w = FloatVector.broadcast(FLOATS, a[at + 2 * aStride + k]);
      x2 = w.fma(b0, x2);
      y2 = w.fma(b1, y2);
      w = FloatVector.broadcast(FLOATS, a[at + 3 * aStride + k]);
      x3 = w.fma(b0, x3);
      y3 = w.fma(b1, y3);
    }
    x0.intoArray(c, to);
    y0.intoArray(c, to + COUNT);
    x1.intoArray(c, to + d);
    y1.intoArray(c, to + d + COUNT);
    x2.intoArray(c, to + 2 * d);
    y2.intoArray(c, to + 2 * d + COUNT);
    x3.intoArray(c, to + 3 * d);
    y3.intoArray(c, to + 3 * d + COUNT);
  }
}
