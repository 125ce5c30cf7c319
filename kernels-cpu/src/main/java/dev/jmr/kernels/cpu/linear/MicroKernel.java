package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.linear.PanelMatmul.DEPTH;
import static dev.jmr.kernels.cpu.linear.PanelMatmul.WIDTH;
import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/// The innermost loop of the panel form: a few weight rows times two vectors of tokens, all sums in registers.
///
/// Twelve rows fill 32 vector registers (AVX-512: 24 sums, two of tokens, one weight); six fill 16 (AVX2; NEON has room
/// to spare). The sums are locals, and the loops written out, because vectors in arrays would be boxed. The trip count
/// of the large loops is a constant: with a variable one C2 loads all weights first and spills sums to the stack, which
/// makes it three times slower (JDK 25).
final class MicroKernel {
  /// Rows per call: divides [PanelMatmul#ROWS].
  static final int ROWS = COUNT == 16 ? 12 : 6;

  /// Rows at a time where the depth is not [PanelMatmul#DEPTH]: divides [#ROWS].
  private static final int PART_ROWS = 3;

  private MicroKernel() {}

  /// `sums[r, token] += Σ tile[r, k] · x[k, token]` for [#ROWS] rows and two vectors of tokens.
  ///
  /// @param tile rows of `DEPTH` floats from `at` on, of which the first `depth` are used
  /// @param x `[depth, WIDTH]` from `from` on
  /// @param sums `[ROWS, WIDTH]` from `to` on
  static void multiply(float[] tile, int at, int depth, float[] x, int from, float[] sums, int to) {
    if (depth != DEPTH) {
      for (int r = 0; r < ROWS; r += PART_ROWS) {
        multiply3(tile, at + r * DEPTH, depth, x, from, sums, to + r * WIDTH);
      }
    } else if (ROWS == 12) {
      multiply12(tile, at, x, from, sums, to);
    } else {
      multiply6(tile, at, x, from, sums, to);
    }
  }

  private static void multiply12(float[] tile, int at, float[] x, int from, float[] sums, int to) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, sums, to + 0 * COUNT);
    FloatVector b0 = FloatVector.fromArray(FLOATS, sums, to + 1 * COUNT);
    FloatVector a1 = FloatVector.fromArray(FLOATS, sums, to + 2 * COUNT);
    FloatVector b1 = FloatVector.fromArray(FLOATS, sums, to + 3 * COUNT);
    FloatVector a2 = FloatVector.fromArray(FLOATS, sums, to + 4 * COUNT);
    FloatVector b2 = FloatVector.fromArray(FLOATS, sums, to + 5 * COUNT);
    FloatVector a3 = FloatVector.fromArray(FLOATS, sums, to + 6 * COUNT);
    FloatVector b3 = FloatVector.fromArray(FLOATS, sums, to + 7 * COUNT);
    FloatVector a4 = FloatVector.fromArray(FLOATS, sums, to + 8 * COUNT);
    FloatVector b4 = FloatVector.fromArray(FLOATS, sums, to + 9 * COUNT);
    FloatVector a5 = FloatVector.fromArray(FLOATS, sums, to + 10 * COUNT);
    FloatVector b5 = FloatVector.fromArray(FLOATS, sums, to + 11 * COUNT);
    FloatVector a6 = FloatVector.fromArray(FLOATS, sums, to + 12 * COUNT);
    FloatVector b6 = FloatVector.fromArray(FLOATS, sums, to + 13 * COUNT);
    FloatVector a7 = FloatVector.fromArray(FLOATS, sums, to + 14 * COUNT);
    FloatVector b7 = FloatVector.fromArray(FLOATS, sums, to + 15 * COUNT);
    FloatVector a8 = FloatVector.fromArray(FLOATS, sums, to + 16 * COUNT);
    FloatVector b8 = FloatVector.fromArray(FLOATS, sums, to + 17 * COUNT);
    FloatVector a9 = FloatVector.fromArray(FLOATS, sums, to + 18 * COUNT);
    FloatVector b9 = FloatVector.fromArray(FLOATS, sums, to + 19 * COUNT);
    FloatVector a10 = FloatVector.fromArray(FLOATS, sums, to + 20 * COUNT);
    FloatVector b10 = FloatVector.fromArray(FLOATS, sums, to + 21 * COUNT);
    FloatVector a11 = FloatVector.fromArray(FLOATS, sums, to + 22 * COUNT);
    FloatVector b11 = FloatVector.fromArray(FLOATS, sums, to + 23 * COUNT);
    for (int k = 0; k < DEPTH; k++) {
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, from + k * WIDTH);
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, from + k * WIDTH + COUNT);
      FloatVector w = FloatVector.broadcast(FLOATS, tile[at + 0 * DEPTH + k]);
      a0 = w.fma(x0, a0);
      b0 = w.fma(x1, b0);
      w = FloatVector.broadcast(FLOATS, tile[at + 1 * DEPTH + k]);
      a1 = w.fma(x0, a1);
      b1 = w.fma(x1, b1);
      w = FloatVector.broadcast(FLOATS, tile[at + 2 * DEPTH + k]);
      a2 = w.fma(x0, a2);
      b2 = w.fma(x1, b2);
      w = FloatVector.broadcast(FLOATS, tile[at + 3 * DEPTH + k]);
      a3 = w.fma(x0, a3);
      b3 = w.fma(x1, b3);
      w = FloatVector.broadcast(FLOATS, tile[at + 4 * DEPTH + k]);
      a4 = w.fma(x0, a4);
      b4 = w.fma(x1, b4);
      w = FloatVector.broadcast(FLOATS, tile[at + 5 * DEPTH + k]);
      a5 = w.fma(x0, a5);
      b5 = w.fma(x1, b5);
      w = FloatVector.broadcast(FLOATS, tile[at + 6 * DEPTH + k]);
      a6 = w.fma(x0, a6);
      b6 = w.fma(x1, b6);
      w = FloatVector.broadcast(FLOATS, tile[at + 7 * DEPTH + k]);
      a7 = w.fma(x0, a7);
      b7 = w.fma(x1, b7);
      w = FloatVector.broadcast(FLOATS, tile[at + 8 * DEPTH + k]);
      a8 = w.fma(x0, a8);
      b8 = w.fma(x1, b8);
      w = FloatVector.broadcast(FLOATS, tile[at + 9 * DEPTH + k]);
      a9 = w.fma(x0, a9);
      b9 = w.fma(x1, b9);
      w = FloatVector.broadcast(FLOATS, tile[at + 10 * DEPTH + k]);
      a10 = w.fma(x0, a10);
      b10 = w.fma(x1, b10);
      w = FloatVector.broadcast(FLOATS, tile[at + 11 * DEPTH + k]);
      a11 = w.fma(x0, a11);
      b11 = w.fma(x1, b11);
    }
    a0.intoArray(sums, to + 0 * COUNT);
    b0.intoArray(sums, to + 1 * COUNT);
    a1.intoArray(sums, to + 2 * COUNT);
    b1.intoArray(sums, to + 3 * COUNT);
    a2.intoArray(sums, to + 4 * COUNT);
    b2.intoArray(sums, to + 5 * COUNT);
    a3.intoArray(sums, to + 6 * COUNT);
    b3.intoArray(sums, to + 7 * COUNT);
    a4.intoArray(sums, to + 8 * COUNT);
    b4.intoArray(sums, to + 9 * COUNT);
    a5.intoArray(sums, to + 10 * COUNT);
    b5.intoArray(sums, to + 11 * COUNT);
    a6.intoArray(sums, to + 12 * COUNT);
    b6.intoArray(sums, to + 13 * COUNT);
    a7.intoArray(sums, to + 14 * COUNT);
    b7.intoArray(sums, to + 15 * COUNT);
    a8.intoArray(sums, to + 16 * COUNT);
    b8.intoArray(sums, to + 17 * COUNT);
    a9.intoArray(sums, to + 18 * COUNT);
    b9.intoArray(sums, to + 19 * COUNT);
    a10.intoArray(sums, to + 20 * COUNT);
    b10.intoArray(sums, to + 21 * COUNT);
    a11.intoArray(sums, to + 22 * COUNT);
    b11.intoArray(sums, to + 23 * COUNT);
  }

  private static void multiply6(float[] tile, int at, float[] x, int from, float[] sums, int to) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, sums, to + 0 * COUNT);
    FloatVector b0 = FloatVector.fromArray(FLOATS, sums, to + 1 * COUNT);
    FloatVector a1 = FloatVector.fromArray(FLOATS, sums, to + 2 * COUNT);
    FloatVector b1 = FloatVector.fromArray(FLOATS, sums, to + 3 * COUNT);
    FloatVector a2 = FloatVector.fromArray(FLOATS, sums, to + 4 * COUNT);
    FloatVector b2 = FloatVector.fromArray(FLOATS, sums, to + 5 * COUNT);
    FloatVector a3 = FloatVector.fromArray(FLOATS, sums, to + 6 * COUNT);
    FloatVector b3 = FloatVector.fromArray(FLOATS, sums, to + 7 * COUNT);
    FloatVector a4 = FloatVector.fromArray(FLOATS, sums, to + 8 * COUNT);
    FloatVector b4 = FloatVector.fromArray(FLOATS, sums, to + 9 * COUNT);
    FloatVector a5 = FloatVector.fromArray(FLOATS, sums, to + 10 * COUNT);
    FloatVector b5 = FloatVector.fromArray(FLOATS, sums, to + 11 * COUNT);
    for (int k = 0; k < DEPTH; k++) {
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, from + k * WIDTH);
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, from + k * WIDTH + COUNT);
      FloatVector w = FloatVector.broadcast(FLOATS, tile[at + 0 * DEPTH + k]);
      a0 = w.fma(x0, a0);
      b0 = w.fma(x1, b0);
      w = FloatVector.broadcast(FLOATS, tile[at + 1 * DEPTH + k]);
      a1 = w.fma(x0, a1);
      b1 = w.fma(x1, b1);
      w = FloatVector.broadcast(FLOATS, tile[at + 2 * DEPTH + k]);
      a2 = w.fma(x0, a2);
      b2 = w.fma(x1, b2);
      w = FloatVector.broadcast(FLOATS, tile[at + 3 * DEPTH + k]);
      a3 = w.fma(x0, a3);
      b3 = w.fma(x1, b3);
      w = FloatVector.broadcast(FLOATS, tile[at + 4 * DEPTH + k]);
      a4 = w.fma(x0, a4);
      b4 = w.fma(x1, b4);
      w = FloatVector.broadcast(FLOATS, tile[at + 5 * DEPTH + k]);
      a5 = w.fma(x0, a5);
      b5 = w.fma(x1, b5);
    }
    a0.intoArray(sums, to + 0 * COUNT);
    b0.intoArray(sums, to + 1 * COUNT);
    a1.intoArray(sums, to + 2 * COUNT);
    b1.intoArray(sums, to + 3 * COUNT);
    a2.intoArray(sums, to + 4 * COUNT);
    b2.intoArray(sums, to + 5 * COUNT);
    a3.intoArray(sums, to + 6 * COUNT);
    b3.intoArray(sums, to + 7 * COUNT);
    a4.intoArray(sums, to + 8 * COUNT);
    b4.intoArray(sums, to + 9 * COUNT);
    a5.intoArray(sums, to + 10 * COUNT);
    b5.intoArray(sums, to + 11 * COUNT);
  }

  private static void multiply3(
      float[] tile, int at, int depth, float[] x, int from, float[] sums, int to) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, sums, to + 0 * COUNT);
    FloatVector b0 = FloatVector.fromArray(FLOATS, sums, to + 1 * COUNT);
    FloatVector a1 = FloatVector.fromArray(FLOATS, sums, to + 2 * COUNT);
    FloatVector b1 = FloatVector.fromArray(FLOATS, sums, to + 3 * COUNT);
    FloatVector a2 = FloatVector.fromArray(FLOATS, sums, to + 4 * COUNT);
    FloatVector b2 = FloatVector.fromArray(FLOATS, sums, to + 5 * COUNT);
    for (int k = 0; k < depth; k++) {
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, from + k * WIDTH);
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, from + k * WIDTH + COUNT);
      FloatVector w = FloatVector.broadcast(FLOATS, tile[at + 0 * DEPTH + k]);
      a0 = w.fma(x0, a0);
      b0 = w.fma(x1, b0);
      w = FloatVector.broadcast(FLOATS, tile[at + 1 * DEPTH + k]);
      a1 = w.fma(x0, a1);
      b1 = w.fma(x1, b1);
      w = FloatVector.broadcast(FLOATS, tile[at + 2 * DEPTH + k]);
      a2 = w.fma(x0, a2);
      b2 = w.fma(x1, b2);
    }
    a0.intoArray(sums, to + 0 * COUNT);
    b0.intoArray(sums, to + 1 * COUNT);
    a1.intoArray(sums, to + 2 * COUNT);
    b1.intoArray(sums, to + 3 * COUNT);
    a2.intoArray(sums, to + 4 * COUNT);
    b2.intoArray(sums, to + 5 * COUNT);
  }
}
