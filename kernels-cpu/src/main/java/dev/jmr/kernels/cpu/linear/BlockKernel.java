package dev.jmr.kernels.cpu.linear;

import java.lang.foreign.MemorySegment;

/// Types with blocks of 32 weights, in two forms: [FourBlocks] at a time for vectors of 16 lanes and rows that are whole
/// numbers of them, [OneBlock] at a time for all others.
abstract class BlockKernel implements LinearKernel {
  private final int blockBytes;
  private final boolean four;
  private final ActivationOrder order;

  /// @param four whether four blocks at a time
  /// @param order the columns' order in that form
  BlockKernel(int blockBytes, boolean four, ActivationOrder order) {
    this.blockBytes = blockBytes;
    this.four = four;
    this.order = order;
  }

  @Override
  public final ActivationOrder order() {
    return order;
  }

  @Override
  public final void dot(
      MemorySegment band,
      int byteOffset,
      int rowBytes,
      int rowCount,
      int columns,
      float[] x,
      int xOffset,
      float[] out,
      int outOffset,
      float[] scratch) {
    for (int r = 0; r < rowCount; r++) {
      int row = byteOffset + r * rowBytes;
      out[outOffset + r] =
          four
              ? fourProduct(band, row, columns / FourBlocks.COLUMNS, x, xOffset)
              : oneProduct(band, row, columns / OneBlock.COLUMNS, x, xOffset);
    }
  }

  @Override
  public final void dot(
      MemorySegment band,
      int byteOffset,
      int rowBytes,
      int rowCount,
      int columns,
      float[] x,
      float[] out,
      TokenPair pair,
      float[] scratch) {
    if (!four) {
      LinearKernel.super.dot(band, byteOffset, rowBytes, rowCount, columns, x, out, pair, scratch);
      return;
    }
    for (int r = 0; r < rowCount; r++) {
      fourProducts(band, byteOffset + r * rowBytes, columns / FourBlocks.COLUMNS, x, out, pair, r);
    }
  }

  @Override
  public final void unpack(
      MemorySegment band, int byteOffset, int column, int count, float[] tile, int offset) {
    int at = byteOffset + column / OneBlock.COLUMNS * blockBytes;
    if (four) {
      unpackFours(band, at, count / FourBlocks.COLUMNS, tile, offset);
    } else {
      unpackOnes(band, at, count / OneBlock.COLUMNS, tile, offset);
    }
  }

  /// The product of the row at `row`, `fours` times four blocks, and the packed activations at `x[at ..]`.
  abstract float fourProduct(MemorySegment band, int row, int fours, float[] x, int at);

  /// The same for two tokens, to the places of `out` that lie `index` after those of `pair`.
  void fourProducts(
      MemorySegment band, int row, int fours, float[] x, float[] out, TokenPair pair, int index) {
    out[pair.out0 + index] = fourProduct(band, row, fours, x, pair.x0);
    out[pair.out1 + index] = fourProduct(band, row, fours, x, pair.x1);
  }

  /// The product of the row at `row`, `blocks` blocks, and the packed activations at `x[at ..]`.
  abstract float oneProduct(MemorySegment band, int row, int blocks, float[] x, int at);

  /// Decodes `fours` times four blocks from byte `at` on to `tile[to ..]`.
  abstract void unpackFours(MemorySegment band, int at, int fours, float[] tile, int to);

  /// Decodes `blocks` blocks from byte `at` on to `tile[to ..]`.
  abstract void unpackOnes(MemorySegment band, int at, int blocks, float[] tile, int to);
}
