package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.linear.PanelMatmul.DEPTH;
import static dev.jmr.kernels.cpu.linear.PanelMatmul.WIDTH;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/// The innermost loop for a panel that is half full at most: as [MicroKernel], with the first vector of tokens only. Every
/// sum is made in the same order there and here.
final class HalfMicroKernel {
  private HalfMicroKernel() {}

  /// `sums[r, token] += Σ tile[r, k] · x[k, token]` for [MicroKernel#ROWS] rows, [PanelMatmul#DEPTH] columns and one vector
  /// of tokens.
  ///
  /// @param tile rows of `DEPTH` floats from `at` on
  /// @param x `[DEPTH, WIDTH]` from `from` on
  /// @param sums `[ROWS, WIDTH]` from `to` on
  static void multiply(float[] tile, int at, float[] x, int from, float[] sums, int to) {
    if (MicroKernel.ROWS == 12) {
      multiply12(tile, at, x, from, sums, to);
    } else {
      multiply6(tile, at, x, from, sums, to);
    }
  }

  private static void multiply12(float[] tile, int at, float[] x, int from, float[] sums, int to) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, sums, to + 0 * WIDTH);
    FloatVector a1 = FloatVector.fromArray(FLOATS, sums, to + 1 * WIDTH);
    FloatVector a2 = FloatVector.fromArray(FLOATS, sums, to + 2 * WIDTH);
    FloatVector a3 = FloatVector.fromArray(FLOATS, sums, to + 3 * WIDTH);
    FloatVector a4 = FloatVector.fromArray(FLOATS, sums, to + 4 * WIDTH);
    FloatVector a5 = FloatVector.fromArray(FLOATS, sums, to + 5 * WIDTH);
    FloatVector a6 = FloatVector.fromArray(FLOATS, sums, to + 6 * WIDTH);
    FloatVector a7 = FloatVector.fromArray(FLOATS, sums, to + 7 * WIDTH);
    FloatVector a8 = FloatVector.fromArray(FLOATS, sums, to + 8 * WIDTH);
    FloatVector a9 = FloatVector.fromArray(FLOATS, sums, to + 9 * WIDTH);
    FloatVector a10 = FloatVector.fromArray(FLOATS, sums, to + 10 * WIDTH);
    FloatVector a11 = FloatVector.fromArray(FLOATS, sums, to + 11 * WIDTH);
    for (int k = 0; k < DEPTH; k++) {
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, from + k * WIDTH);
      a0 = FloatVector.broadcast(FLOATS, tile[at + 0 * DEPTH + k]).fma(x0, a0);
      a1 = FloatVector.broadcast(FLOATS, tile[at + 1 * DEPTH + k]).fma(x0, a1);
      a2 = FloatVector.broadcast(FLOATS, tile[at + 2 * DEPTH + k]).fma(x0, a2);
      a3 = FloatVector.broadcast(FLOATS, tile[at + 3 * DEPTH + k]).fma(x0, a3);
      a4 = FloatVector.broadcast(FLOATS, tile[at + 4 * DEPTH + k]).fma(x0, a4);
      a5 = FloatVector.broadcast(FLOATS, tile[at + 5 * DEPTH + k]).fma(x0, a5);
      a6 = FloatVector.broadcast(FLOATS, tile[at + 6 * DEPTH + k]).fma(x0, a6);
      a7 = FloatVector.broadcast(FLOATS, tile[at + 7 * DEPTH + k]).fma(x0, a7);
      a8 = FloatVector.broadcast(FLOATS, tile[at + 8 * DEPTH + k]).fma(x0, a8);
      a9 = FloatVector.broadcast(FLOATS, tile[at + 9 * DEPTH + k]).fma(x0, a9);
      a10 = FloatVector.broadcast(FLOATS, tile[at + 10 * DEPTH + k]).fma(x0, a10);
      a11 = FloatVector.broadcast(FLOATS, tile[at + 11 * DEPTH + k]).fma(x0, a11);
    }
    a0.intoArray(sums, to + 0 * WIDTH);
    a1.intoArray(sums, to + 1 * WIDTH);
    a2.intoArray(sums, to + 2 * WIDTH);
    a3.intoArray(sums, to + 3 * WIDTH);
    a4.intoArray(sums, to + 4 * WIDTH);
    a5.intoArray(sums, to + 5 * WIDTH);
    a6.intoArray(sums, to + 6 * WIDTH);
    a7.intoArray(sums, to + 7 * WIDTH);
    a8.intoArray(sums, to + 8 * WIDTH);
    a9.intoArray(sums, to + 9 * WIDTH);
    a10.intoArray(sums, to + 10 * WIDTH);
    a11.intoArray(sums, to + 11 * WIDTH);
  }

  private static void multiply6(float[] tile, int at, float[] x, int from, float[] sums, int to) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, sums, to + 0 * WIDTH);
    FloatVector a1 = FloatVector.fromArray(FLOATS, sums, to + 1 * WIDTH);
    FloatVector a2 = FloatVector.fromArray(FLOATS, sums, to + 2 * WIDTH);
    FloatVector a3 = FloatVector.fromArray(FLOATS, sums, to + 3 * WIDTH);
    FloatVector a4 = FloatVector.fromArray(FLOATS, sums, to + 4 * WIDTH);
    FloatVector a5 = FloatVector.fromArray(FLOATS, sums, to + 5 * WIDTH);
    for (int k = 0; k < DEPTH; k++) {
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, from + k * WIDTH);
      a0 = FloatVector.broadcast(FLOATS, tile[at + 0 * DEPTH + k]).fma(x0, a0);
      a1 = FloatVector.broadcast(FLOATS, tile[at + 1 * DEPTH + k]).fma(x0, a1);
      a2 = FloatVector.broadcast(FLOATS, tile[at + 2 * DEPTH + k]).fma(x0, a2);
      a3 = FloatVector.broadcast(FLOATS, tile[at + 3 * DEPTH + k]).fma(x0, a3);
      a4 = FloatVector.broadcast(FLOATS, tile[at + 4 * DEPTH + k]).fma(x0, a4);
      a5 = FloatVector.broadcast(FLOATS, tile[at + 5 * DEPTH + k]).fma(x0, a5);
    }
    a0.intoArray(sums, to + 0 * WIDTH);
    a1.intoArray(sums, to + 1 * WIDTH);
    a2.intoArray(sums, to + 2 * WIDTH);
    a3.intoArray(sums, to + 3 * WIDTH);
    a4.intoArray(sums, to + 4 * WIDTH);
    a5.intoArray(sums, to + 5 * WIDTH);
  }
}
