package dev.jmr.kernels.cpu.linear;

import java.lang.foreign.MemorySegment;

/// Multiplies rows of one tensor type with activations. Stateless; used by all workers at once.
public interface LinearKernel {
  /// Floats of scratch that [#dot] may use.
  int SCRATCH = 2048;

  /// How [#dot] and [#unpack] arrange the columns of a row.
  ActivationOrder order();

  /// `out[r] = weight[r] · x` for `rowCount` rows.
  ///
  /// @param band holds encoded rows of `columns` weights, each `rowBytes` long
  /// @param byteOffset where the first row begins in `band`
  /// @param x a row of activations arranged by [ActivationOrder#pack], from `xOffset` on
  /// @param out receives `rowCount` floats from `outOffset` on
  /// @param scratch at least [#SCRATCH] floats, this worker's own
  void dot(
      MemorySegment band,
      int byteOffset,
      int rowBytes,
      int rowCount,
      int columns,
      float[] x,
      int xOffset,
      float[] out,
      int outOffset,
      float[] scratch);

  /// `out[t, r] = weight[r] · x[t]` for `rowCount` rows and two tokens: each as the other [#dot] computes it, with the same
  /// sums in the same order. Kernels that can unpack the weights once for both.
  ///
  /// @param pair where the tokens' packed activations lie in `x`, and where their results go in `out`
  default void dot(
      MemorySegment band,
      int byteOffset,
      int rowBytes,
      int rowCount,
      int columns,
      float[] x,
      float[] out,
      TokenPair pair,
      float[] scratch) {
    dot(band, byteOffset, rowBytes, rowCount, columns, x, pair.x0, out, pair.out0, scratch);
    dot(band, byteOffset, rowBytes, rowCount, columns, x, pair.x1, out, pair.out1, scratch);
  }

  /// Decodes a part of one row to floats, columns in the order of [#order].
  ///
  /// @param byteOffset where the row begins in `band`
  /// @param column first column, a multiple of [PanelMatmul#DEPTH]
  /// @param count columns, a multiple of the order's block length
  void unpack(MemorySegment band, int byteOffset, int column, int count, float[] tile, int offset);
}
